import type { settings as en } from "../en/settings";
import type { Translation } from "../translation";

export const settings: Translation<typeof en> = {
  "settings.siteTab": "サイトとタグ",
  "settings.messagesTab": "メッセージ",
  "settings.save": "保存",
  "settings.discard": "変更を破棄",
  "settings.adminsOnly": "この設定を変更できるのは管理者だけです。",
  "theme.title": "メッセージの見た目",
  "theme.about": "このサイトのすべてのメッセージに適用されます。空欄の項目は標準の見た目になります。",
  "theme.surface": "背景",
  "theme.text": "文字",
  "theme.accent": "ボタン",
  "theme.accentText": "ボタンの文字",
  "theme.pick": "色を選ぶ: {{label}}",
  "theme.reset": "標準に戻す",
  "theme.default": "標準",
  "theme.badColour": "#rrggbb の形式で入力してください。",
  "theme.radius": "角の丸み",
  "theme.font": "フォント",
  "theme.fontAbout": "サイトで使えるフォント名を並べて入力します。",
  "theme.contrast":
    "「{{text}}」が「{{on}}」に対して読みにくくなっています(コントラスト比 {{ratio}} : 1、目安は 4.5 : 1 以上)。",
  "theme.looks": "見え方: {{layout}}",
  "theme.sampleTitle": "送料無料まであと少し",
  "theme.sampleBody": "あと1,000円のお買い上げで、送料が無料になります。",
  "theme.sampleButton": "買い物を続ける",
  "spacing.title": "メッセージの表示間隔",
  "spacing.about":
    "1つのメッセージを表示した後、同じ人に次のメッセージを表示するまでの間隔です。接客ごとに例外にできます。",
  "spacing.seconds": "秒数",
  "spacing.pages": "ページ数",
  "spacing.none": "0のときは間隔を空けません。",
  "scripts.title": "スクリプト",
  "scripts.allow": "接客でのスクリプトの実行を許可する",
  "scripts.about": "許可すると、管理者がサイト上で動くJavaScriptを作成できます。",
};
