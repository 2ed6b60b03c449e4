/** With Arabic-Indic digits written as 0 to 9. */
export const plainDigits = (text: string): string => text.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
