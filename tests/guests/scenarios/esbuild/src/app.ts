import { Basket, type Item } from "./basket";
import { money } from "./format.js";
import prices from "./prices.json";

enum Size {
  Small = 1,
  Large = 10,
}

const basket = new Basket<Item>();
for (const [name, price] of Object.entries(prices)) {
  basket.add({ name, price: price * Size.Large });
}

const neverUsed = () => console.log("tree shaking removes me");

console.log(`${basket.size} items, ${money(basket.total)}; cheapest: ${basket.cheapest?.name ?? "none"}`);
