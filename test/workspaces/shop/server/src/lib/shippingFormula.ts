import vm from 'node:vm';

export interface Parcel {
  weightKg: number;
  volumeL: number;
  zone: number;
}

const OPERATORS: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? 0 : a / b),
};

/**
 * Evaluates an expression in reverse Polish notation with our three variables:
 * "weightKg 2 * zone +".
 */
export function evalFormula(formula: string, parcel: Parcel): number {
  const stack: number[] = [];
  for (const word of formula.trim().split(/\s+/)) {
    const operator = Object.hasOwn(OPERATORS, word) ? OPERATORS[word] : undefined;
    if (operator) {
      const b = stack.pop();
      const a = stack.pop();
      if (a === undefined || b === undefined) throw new Error('formula is incomplete');
      stack.push(operator(a, b));
    } else if (word === 'weightKg' || word === 'volumeL' || word === 'zone') {
      stack.push(parcel[word]);
    } else {
      const value = Number(word);
      if (!Number.isFinite(value)) throw new Error(`unknown word in formula: ${word}`);
      stack.push(value);
    }
  }
  if (stack.length !== 1) throw new Error('formula is incomplete');
  return stack[0]!;
}

/** Carriers deliver their own price formulas as JavaScript expressions. */
export function carrierPrice(expression: string, parcel: Parcel): number {
  const context = vm.createContext({ ...parcel, Math });
  const result: unknown = vm.runInContext(expression, context, { timeout: 50 });
  return Math.max(0, Math.round(Number(result)));
}

export function shippingCents(parcel: Parcel, formula: string): number {
  return Math.max(390, Math.round(evalFormula(formula, parcel) * 100));
}
