(() => {
  var __typeError = (msg) => {
    throw TypeError(msg);
  };
  var __accessCheck = (obj, member, msg) => member.has(obj) || __typeError("Cannot " + msg);
  var __privateGet = (obj, member, getter) => (__accessCheck(obj, member, "read from private field"), getter ? getter.call(obj) : member.get(obj));
  var __privateAdd = (obj, member, value) => member.has(obj) ? __typeError("Cannot add the same private member more than once") : member instanceof WeakSet ? member.add(obj) : member.set(obj, value);

  // src/basket.ts
  var _items;
  var Basket = class {
    constructor() {
      __privateAdd(this, _items, []);
    }
    add(item) {
      __privateGet(this, _items).push(item);
      return this;
    }
    get size() {
      return __privateGet(this, _items).length;
    }
    get total() {
      return __privateGet(this, _items).reduce((sum, { price }) => sum + price, 0);
    }
    get cheapest() {
      return [...__privateGet(this, _items)].sort((a, b) => a.price - b.price)[0];
    }
  };
  _items = new WeakMap();

  // src/format.js
  var money = (amount) => "€" + amount.toFixed(2);

  // src/prices.json
  var prices_default = {
    pear: 1.25,
    fig: 0.5,
    date: 3
  };

  // src/app.ts
  var basket = new Basket();
  for (const [name, price] of Object.entries(prices_default)) {
    basket.add({ name, price: price * 10 /* Large */ });
  }
  console.log(`${basket.size} items, ${money(basket.total)}; cheapest: ${basket.cheapest?.name ?? "none"}`);
})();
