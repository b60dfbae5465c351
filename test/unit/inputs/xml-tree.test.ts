import { describe, expect, it } from "vitest";
import { parseXml, type XmlElement } from "../../../inputs/xml-tree.js";

describe("parseXml", () => {
  it("should build a tree with attributes, texts and the places of tags", () => {
    const text = "<?xml version='1.0'?>\n<a>\r\n x<b\n c='1' d='&lt;&#x41;'>y</b>z<!-- no --><![CDATA[<w>]]></a>";
    const { root, errorAt } = parseXml(text, "f.xml");
    expect(root).toMatchObject({ name: "a", text: "\n xz<w>" });
    const [b] = root.children as [XmlElement];
    expect([...b.attributes]).toEqual([
      ["c", "1"],
      ["d", "<A"],
    ]);
    expect(b.text).toBe("y");
    expect(errorAt(root.offset, "here").message).toBe("f.xml:2:1: here");
    expect(errorAt(b.offset, "here").message).toBe("f.xml:3:3: here");
  });

  it("should take names of prototypes for names", () => {
    const { root } = parseXml("<constructor __proto__='a' toString='b'/>", "f.xml");
    expect(root.name).toBe("constructor");
    expect([...root.attributes]).toEqual([
      ["__proto__", "a"],
      ["toString", "b"],
    ]);
  });
});
