// Numbers as text by C's rules, which Python and PyTorch follow: ties round to the even digit, exponents have two digits.

/** As printf's `%.{digits}f`. */
export function fixed(value: number, digits: number): string {
  return special(value) ?? withSign(value, (x) => tieToEven(x.toFixed(digits), x.toFixed(100), x));
}

/** As printf's `%.{digits}e`. */
export function scientific(value: number, digits: number): string {
  const text =
    special(value) ??
    withSign(value, (x) => tieToEven(x.toExponential(digits), x.toExponential(100), x));
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return "nan";
  if (Number.isFinite(value)) return undefined;
  return value > 0 ? "inf" : "-inf";
}

function withSign(value: number, format: (absolute: number) => string): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return sign + format(Math.abs(value));
}

/** JS rounds a tie up; `exact` has every digit of the number, so that a tie shows as a 5 and zeros after what is kept. */
function tieToEven(rounded: string, exact: string, value: number): string {
  const [mantissa = "", exponent] = rounded.split("e");
  const [exactMantissa = "", exactExponent] = exact.split("e");
  const below = exactMantissa.slice(0, mantissa.length);
  const rest = exactMantissa.slice(mantissa.length).replace(".", "");
  const isTie = exponent === exactExponent && /^50*$/.test(rest) && value !== 0;
  const isEven = "02468".includes(below.at(-1) as string);
  if (!isTie || !isEven) return rounded;
  return exponent === undefined ? below : `${below}e${exponent}`;
}
