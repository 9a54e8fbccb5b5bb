// The formats of OpenAPI's registry that say which values there are: what a validator asserts and a generator keeps to.
import addFormats from "ajv-formats";

// Bounds of integers, as numbers or in text form.
export const INTEGERS = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

export function isWithin(format, text) {
  const [low, high] = INTEGERS[format];
  if (!/^-?[0-9]+$/.test(text)) return false;
  return low <= BigInt(text) && BigInt(text) <= high;
}

// Ajv takes a format for numbers or for text, not for both.
export function formatOfText(format) {
  return `${format} as text`;
}

export function useFormats(ajv) {
  addFormats(ajv);
  ajv.addFormat("field-mask", true);
  ajv.addFormat("duration", true);
  // Of numbers, ajv-formats knows int32; JSON.parse has rounded what has more than 53 bits.
  ajv.addFormat("uint32", { type: "number", validate: (value) => isWithin("uint32", String(value)) });
  ajv.addFormat("uint64", { type: "number", validate: (value) => value >= 0 });
  for (const format of Object.keys(INTEGERS)) {
    ajv.addFormat(formatOfText(format), (text) => isWithin(format, text));
  }
}
