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

export type Kind =
  | "page"
  | "product"
  | "cart"
  | "order"
  | "search"
  | "identity"
  | "campaign"
  | "entered"
  | "left"
  | "error"
  | "click"
  | "other";

/** Segment's own events, and those of its e-commerce specification. */
const KNOWN = {
  page: ["page", "event.page"],
  screen: ["page", "event.screen"],
  identify: ["identity", "event.identify"],
  group: ["identity", "event.group"],
  alias: ["identity", "event.alias"],
  "Signed Up": ["identity", "event.signedUp"],
  "Signed In": ["identity", "event.signedIn"],
  "Signed Out": ["identity", "event.signedOut"],
  "Product List Viewed": ["product", "event.productListViewed"],
  "Product Clicked": ["product", "event.productClicked"],
  "Product Viewed": ["product", "event.productViewed"],
  "Products Searched": ["search", "event.productsSearched"],
  "Product Added": ["cart", "event.productAdded"],
  "Product Removed": ["cart", "event.productRemoved"],
  "Cart Viewed": ["cart", "event.cartViewed"],
  "Product Added to Wishlist": ["cart", "event.wishlisted"],
  "Checkout Started": ["order", "event.checkoutStarted"],
  "Checkout Step Completed": ["order", "event.checkoutStep"],
  "Payment Info Entered": ["order", "event.paymentEntered"],
  "Order Completed": ["order", "event.orderCompleted"],
  "Order Refunded": ["order", "event.orderRefunded"],
  "Order Cancelled": ["order", "event.orderCancelled"],
  "Coupon Applied": ["order", "event.couponApplied"],
  "Campaign Shown": ["campaign", "event.campaignShown"],
  "Campaign Clicked": ["campaign", "event.campaignClicked"],
  "Campaign Closed": ["campaign", "event.campaignClosed"],
  "Campaign Goal Reached": ["campaign", "event.campaignGoalReached"],
  "Campaign Suppressed": ["campaign", "event.campaignSuppressed"],
  "Campaign Problem": ["campaign", "event.campaignProblem"],
  "Moment Reached": ["campaign", "event.momentReached"],
  "Survey Answered": ["campaign", "event.surveyAnswered"],
  "Checklist Item Checked": ["campaign", "event.checklistItemChecked"],
  "Tour Step Viewed": ["campaign", "event.tourStepViewed"],
  "Tour Completed": ["campaign", "event.tourCompleted"],
  "Video Started": ["campaign", "event.videoStarted"],
  "Video Completed": ["campaign", "event.videoCompleted"],
  "Segment Entered": ["entered", "event.segmentEntered"],
  "Segment Left": ["left", "event.segmentLeft"],
  Error: ["error", "event.error"],
  "Request Failed": ["error", "event.requestFailed"],
  "Console Error": ["error", "event.consoleError"],
  "Rage Clicked": ["click", "event.rageClicked"],
  "Dead Clicked": ["click", "event.deadClicked"],
  "Recording Stopped": ["other", "event.recordingStopped"],
} as const;

/** Visitors choose event names, so a name like "constructor" must not be looked up in the prototype. */
function known({ type, event }: Pick<Told, "type" | "event">) {
  const name = type === "track" ? event : type;
  return Object.hasOwn(KNOWN, name) ? KNOWN[name as keyof typeof KNOWN] : null;
}

export function eventKind(told: Pick<Told, "type" | "event">): Kind {
  return known(told)?.[0] ?? (/error|exception/i.test(told.event) ? "error" : "other");
}

/** The event's name in the operator's language; a name nobody agreed on stays as the site wrote it. */
export function eventTitle(told: Pick<Told, "type" | "event">, t: TFunction): string {
  const title = known(told)?.[1];
  return title ? t(title) : told.event;
}

/** The one thing about this event that a person would say: which page, which product, how much. */
export function eventSummary(told: Told, language: string): string {
  const { properties } = told;
  switch (eventKind(told)) {
    case "page":
      return text(properties, "title", "name") ?? told.title ?? (told.url ? pathOf(told.url) : "");
    case "product":
      return commerce(properties, amount(properties, "price"), language);
    case "cart":
    case "order":
      return commerce(
        properties,
        amount(properties, "price", "total", "revenue", "value") ?? cartTotal(properties),
        language,
      );
    case "search":
      return text(properties, "query") ?? "";
    case "identity":
      return text(told.traits ?? {}, "name", "email") ?? text(properties, "name", "email") ?? "";
    case "campaign":
      return text(properties, "campaign_name", "campaign_id") ?? "";
    case "entered":
    case "left":
      return text(properties, "segment_name", "segment_id") ?? "";
    case "error":
      return text(properties, "message") ?? requested(properties);
    case "click":
      return text(properties, "selector", "message") ?? "";
    default:
      return text(properties, "message", "name", "label", "title") ?? firstProperties(properties);
  }
}

function requested(properties: JsonObject): string {
  const url = text(properties, "url");
  if (url === null) {
    return firstProperties(properties);
  }
  const status = amount(properties, "status");
  return [text(properties, "method"), pathOf(url), status === 0 ? null : status]
    .filter((part) => part !== null)
    .join(" ");
}

function commerce(properties: JsonObject, worth: number | null, language: string): string {
  const quantity = amount(properties, "quantity");
  return [
    text(properties, "name", "product_name", "category", "list_id", "coupon", "order_id"),
    worth === null ? null : money(worth, properties.currency, language),
    quantity !== null && quantity > 1 ? `× ${quantity}` : null,
  ]
    .filter((part) => part !== null)
    .join(" · ");
}

function cartTotal({ cart }: JsonObject): number | null {
  return cart && typeof cart === "object" && !Array.isArray(cart) ? amount(cart, "total") : null;
}

function firstProperties(properties: JsonObject): string {
  return Object.entries(properties)
    .filter(([, value]) => value !== null && typeof value !== "object")
    .slice(0, 3)
    .map(([key, value]) => `${key}: ${inline(value)}`)
    .join(" · ");
}
