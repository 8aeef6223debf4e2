import type { explanation as en } from "../en/explanation";
import type { Translation } from "../translation";

export const explanation: Translation<typeof en> = {
  "explanation.title": "ルールはここで何を見たか",
  "explanation.close": "閉じる",
  "explanation.version": "ルールのバージョン{{version}}、公開:",
  "explanation.noRules": "このとき公開中のルールはありません。",
  "explanation.ruleset": "どのルールか",
  "explanation.ruleset.then": "当時のルール",
  "explanation.ruleset.now": "現在のルール",
  "explanation.leftOut_other":
    "過去のイベント{{count}}件はすでに残っていないため、実際に見えていた値と異なることがあります。",
  "explanation.rules": "ルール",
  "explanation.search": "名前で絞り込み",
  "explanation.kind": "種類",
  "explanation.everyKind": "すべての種類",
  "explanation.kind.segment": "セグメント",
  "explanation.kind.campaign": "接客",
  "explanation.kind.rule": "通知ルール",
  "explanation.order": "並び順",
  "explanation.failing": "不一致を先に",
  "explanation.holding": "一致を先に",
  "explanation.holds": "当てはまる",
  "explanation.fails": "当てはまらない",
  "explanation.not": "次に当てはまらない",
  "explanation.seen": "見た値",
  "explanation.text": "「{{text}}」",
  "explanation.nothing": "なし",
  "explanation.open.segment": "セグメントを開く",
  "explanation.open.campaign": "接客を開く",
  "explanation.then": "その時点の状態",
  "explanation.now": "時点",
};
