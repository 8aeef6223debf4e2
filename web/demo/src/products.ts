import type { Text } from "./language";

export interface Product {
  id: string;
  name: Text;
  description: Text;
  category: string;
  /** Yen, tax included. */
  price: number;
}

export const products: readonly Product[] = [
  {
    id: "linen-shirt",
    name: { ja: "リネンシャツ", en: "Linen shirt" },
    description: {
      ja: "洗うほどやわらかくなる、フランス産リネンのシャツ。朝の風のような軽さです。",
      en: "French linen that softens with every wash, as light as morning air.",
    },
    category: "clothing",
    price: 4000,
  },
  {
    id: "cotton-socks",
    name: { ja: "コットンの靴下", en: "Cotton socks" },
    description: {
      ja: "奈良の編み工場から届く、締めつけない靴下。毎日はける丈夫さです。",
      en: "Knitted in Nara, gentle on the ankle and strong enough for every day.",
    },
    category: "clothing",
    price: 999,
  },
  {
    id: "drip-coffee",
    name: { ja: "ドリップバッグ珈琲 5袋", en: "Drip bag coffee, 5 bags" },
    description: {
      ja: "深煎りのブレンドを一杯ずつ。お湯を注ぐだけで、台所がいい香りになります。",
      en: "A dark blend, one cup at a time. Just add hot water.",
    },
    category: "food",
    price: 1000,
  },
  {
    id: "mug",
    name: { ja: "波佐見焼のマグカップ", en: "Hasami ware mug" },
    description: {
      ja: "手になじむ丸い形。電子レンジでも食洗機でも使えます。",
      en: "Round and easy to hold. Microwave and dishwasher safe.",
    },
    category: "kitchen",
    price: 2400,
  },
  {
    id: "canvas-tote",
    name: { ja: "帆布のトートバッグ", en: "Canvas tote bag" },
    description: {
      ja: "倉敷の帆布を使った、自立するトート。A4の書類もパンも入ります。",
      en: "Kurashiki canvas that stands by itself. Room for papers and for bread.",
    },
    category: "goods",
    price: 5800,
  },
  {
    id: "notebook",
    name: { ja: "糸かがりのノート", en: "Thread-bound notebook" },
    description: {
      ja: "180度ひらく、書き心地のよいノート。方眼64ページ。",
      en: "Opens flat and takes ink well. 64 pages of grid paper.",
    },
    category: "goods",
    price: 1200,
  },
  {
    id: "teapot",
    name: { ja: "急須", en: "Teapot" },
    description: {
      ja: "常滑の職人がろくろで仕上げた急須。最後の一滴まで、きれいに注げます。",
      en: "Turned by a potter in Tokoname. Pours cleanly to the last drop.",
    },
    category: "kitchen",
    price: 6500,
  },
  {
    id: "candle",
    name: { ja: "ひのきのキャンドル", en: "Hinoki candle" },
    description: {
      ja: "木曽ひのきの精油を使った大豆ワックスのキャンドル。約30時間灯ります。",
      en: "Soy wax with oil of Kiso cypress. Burns for about 30 hours.",
    },
    category: "goods",
    price: 3200,
  },
];

export function productById(id: string | null): Product | undefined {
  return products.find((product) => product.id === id);
}
