import type { TFunction } from "i18next";
import type { JsonObject } from "../api/types";
import { amount, inline, money, pathOf, text } from "../format/values";

/** What is known of an event wherever one is listed. */
export interface Told {
  type: string;
  event: string;
  url?: string | null;
  title?: string | null;
  properties: JsonObject;
  traits?: JsonObject;
}

export type Kind = "page" | "product" | "cart" | "order" | "search" | "identity" | "campaign" | "error" | "other";

const KINDS: Record<string, Kind> = {
  page: "page",
  screen: "page",
  identify: "identity",
  group: "identity",
  alias: "identity",
  "Signed Up": "identity",
  "Signed In": "identity",
  "Signed Out": "identity",
  "Product List Viewed": "product",
  "Product Clicked": "product",
  "Product Viewed": "product",
  "Products Searched": "search",
  "Product Added": "cart",
  "Product Removed": "cart",
  "Cart Viewed": "cart",
  "Product Added to Wishlist": "cart",
  "Checkout Started": "order",
  "Checkout Step Completed": "order",
  "Payment Info Entered": "order",
  "Order Completed": "order",
  "Order Refunded": "order",
  "Order Cancelled": "order",
  "Coupon Applied": "order",
  "Campaign Shown": "campaign",
  "Campaign Clicked": "campaign",
  "Campaign Closed": "campaign",
  Error: "error",
};

const TITLES = {
  page: "event.page",
  screen: "event.screen",
  identify: "event.identify",
  group: "event.group",
  alias: "event.alias",
  "Signed Up": "event.signedUp",
  "Signed In": "event.signedIn",
  "Signed Out": "event.signedOut",
  "Product List Viewed": "event.productListViewed",
  "Product Clicked": "event.productClicked",
  "Product Viewed": "event.productViewed",
  "Products Searched": "event.productsSearched",
  "Product Added": "event.productAdded",
  "Product Removed": "event.productRemoved",
  "Cart Viewed": "event.cartViewed",
  "Product Added to Wishlist": "event.wishlisted",
  "Checkout Started": "event.checkoutStarted",
  "Checkout Step Completed": "event.checkoutStep",
  "Payment Info Entered": "event.paymentEntered",
  "Order Completed": "event.orderCompleted",
  "Order Refunded": "event.orderRefunded",
  "Order Cancelled": "event.orderCancelled",
  "Coupon Applied": "event.couponApplied",
  "Campaign Shown": "event.campaignShown",
  "Campaign Clicked": "event.campaignClicked",
  "Campaign Closed": "event.campaignClosed",
  Error: "event.error",
} as const;

export function eventKind({ type, event }: Pick<Told, "type" | "event">): Kind {
  return KINDS[type === "track" ? event : type] ?? (/error|exception/i.test(event) ? "error" : "other");
}

/** The event's name in the operator's language; a name nobody agreed on stays as the site wrote it. */
export function eventTitle({ type, event }: Pick<Told, "type" | "event">, t: TFunction): string {
  const name = type === "track" ? event : type;
  return name in TITLES ? t(TITLES[name as keyof typeof TITLES]) : event;
}

/** The one thing about this event that a person would say: which page, which product, how much. */
export function eventSummary(told: Told, language: string): string {
  const { properties } = told;
  switch (eventKind(told)) {
    case "page":
      return text(properties, "title", "name") ?? told.title ?? (told.url ? pathOf(told.url) : "");
    case "product":
    case "cart":
    case "order":
      return commerce(properties, language);
    case "search":
      return text(properties, "query") ?? "";
    case "identity":
      return text(told.traits ?? {}, "name", "email") ?? text(properties, "name", "email") ?? "";
    case "campaign":
      return text(properties, "campaign_name", "campaign_id") ?? "";
    default:
      return text(properties, "message", "name", "label", "title") ?? firstProperties(properties);
  }
}

function commerce(properties: JsonObject, language: string): string {
  const cart =
    properties.cart && typeof properties.cart === "object" && !Array.isArray(properties.cart) ? properties.cart : {};
  const price = amount(properties, "price");
  const total = amount(properties, "total", "revenue", "value") ?? (price === null ? amount(cart, "total") : null);
  const quantity = amount(properties, "quantity");
  const shown = price ?? total;
  return [
    text(properties, "name", "product_name", "category", "list_id", "coupon", "order_id"),
    shown === null ? null : money(shown, properties.currency, language),
    quantity !== null && quantity > 1 ? `× ${quantity}` : null,
  ]
    .filter((part) => part !== null)
    .join(" · ");
}

function firstProperties(properties: JsonObject): string {
  return Object.entries(properties)
    .filter(([, value]) => value !== null && typeof value !== "object")
    .slice(0, 3)
    .map(([key, value]) => `${key}: ${inline(value)}`)
    .join(" · ");
}
