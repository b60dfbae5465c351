/** Whether this is the page in one file. */
declare const __ONE_FILE__: boolean;

/** SHA-256 of the committed certificates of gallery machines, by machine. */
declare const __CERTIFICATES__: Readonly<Record<string, string>>;
