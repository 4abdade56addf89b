export interface Item {
  readonly name: string;
  price: number;
}

export class Basket<T extends Item> {
  #items: T[] = [];

  add(item: T): this {
    this.#items.push(item);
    return this;
  }

  get size(): number {
    return this.#items.length;
  }

  get total(): number {
    return this.#items.reduce((sum, { price }) => sum + price, 0);
  }

  get cheapest(): T | undefined {
    return [...this.#items].sort((a, b) => a.price - b.price)[0];
  }
}
