/** A picture that the library made, as an image: nothing in it can run. */
import { useEffect, useState } from "preact/hooks";

/** The picture of an SVG text. */
export function SvgImage({ svg, alt }: { readonly svg: string; readonly alt: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return (
    <div class="scroll drawing" tabIndex={0} role="region" aria-label={alt}>
      {url !== undefined && <img src={url} alt={alt} />}
    </div>
  );
}
