/** A text as a part of a regular expression that matches nothing but the text. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
