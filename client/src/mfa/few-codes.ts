/** With this many recovery codes left or fewer, the page advises to replace them. */
const FEW_CODES = 3;

export const areFew = (codesLeft: number): boolean => codesLeft <= FEW_CODES;
