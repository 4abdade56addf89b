export const money = (amount) => "€" + amount.toFixed(2);
export const unused = (x) => x ** 2;
