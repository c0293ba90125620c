/** Keys and values as text: what the service takes, how long it is, and in which order it stands. */

import { InvalidError } from "./errors.js";

const MAX_KEY_BYTES = 1024;

/** Orders text by its code points, as the other clients and the service do; `<` orders by UTF-16 units. */
export function compareText(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return left.length - right.length;
}

/** Returns a dataset's name, or throws. */
export function checkedName(name: string): string {
  if (typeof name !== "string" || !/^[A-Za-z0-9_.:-]{1,128}$/.test(name)) {
    throw new InvalidError("name", name, "1 to 128 of A-Z, a-z, 0-9, _, ., : and -");
  }
  return name;
}

/** Returns a key, or throws. */
export function checkedKey(key: string): string {
  if (!isText(key) || key === "" || /\p{Control}/u.test(key) || bytes(key) > MAX_KEY_BYTES) {
    throw new InvalidError("key", key, `1 to ${MAX_KEY_BYTES} bytes of UTF-8 without control characters`);
  }
  return key;
}

/** Returns a value, or throws. */
export function checkedValue(value: string): string {
  if (!isText(value)) {
    throw new InvalidError("value", value, "text that UTF-8 can write; remove() takes a record away");
  }
  return value;
}

/** The length of text as a JSON string of ASCII, in which the limit of a push is counted: never less than UTF-8's. */
export function jsonLength(text: string): number {
  let length = 2;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charAt(i);
    length += '"\\\n\r\t\b\f'.includes(unit) ? 2 : unit >= " " && unit <= "~" ? 1 : 6;
  }
  return length;
}

/** Whether UTF-8 can write it: half of a surrogate pair has no form there. */
function isText(value: unknown): boolean {
  return typeof value === "string" && !/\p{Surrogate}/u.test(value);
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
