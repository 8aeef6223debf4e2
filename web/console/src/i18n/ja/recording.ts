import type { recording as en } from "../en/recording";
import type { Translation } from "../translation";

export const recording: Translation<typeof en> = {
  "settings.recordingTab": "画面の記録",
  "recorded.title": "記録する訪問",
  "recorded.about": "記録を絞るほど、保存される個人の情報も費用も少なくなります。",
  "recorded.sample": "記録する割合",
  "recorded.sampleAbout":
    "対象の訪問は無作為に選ばれます。対象外の訪問では記録の仕組み自体が読み込まれません。0%なら誰も記録しません。",
  "recorded.which": "そのうち記録する訪問",
  "recorded.all": "すべての訪問を最初から",
  "recorded.allAbout": "見られる場面は最も多くなりますが、保存される情報も最も多くなります。",
  "recorded.when": "条件に合ったときから",
  "recorded.whenAbout":
    "会員だけ、エラーが起きた後だけ、といった指定ができます。条件に合わない訪問の画面は送信されません。",
  "recorded.condition": "記録を始める条件",
  "recorded.reads": "条件の内容:",
  "recorded.buffer": "直前の秒数",
  "recorded.bufferAbout":
    "条件に合う直前の操作は来訪者のブラウザ内に一時的に保持され、条件に合ったときに送信されます。0なら保持しません。",
  "masking.title": "伏せる内容",
  "masking.about": "伏せる内容は来訪者のブラウザの中で置き換えられ、サーバーには届きません。",
  "masking.alwaysTitle": "常に伏せられる内容",
  "masking.always":
    "入力内容、非表示の項目、選択肢の文字、URLの「?」以降は、設定にかかわらず伏せられます。例外は「入力内容を表示する要素」で指定した項目だけです。",
  "masking.allText": "すべての文字を伏せる",
  "masking.allTextAbout":
    "英字はx、数字は0、日本語は＊に置き換わります。操作の様子は分かりますが、文章は読めなくなります。",
  "masking.mask": "文字を伏せる要素",
  "masking.maskAbout":
    "CSSセレクタで指定します。位置と大きさはそのままで、文字だけを置き換えます。氏名・住所・金額などに使います。",
  "masking.maskExample": ".customer-name",
  "masking.block": "記録しない要素",
  "masking.blockAbout":
    "CSSセレクタで指定します。同じ大きさの空白だけが残ります。地図・書類・人物の写真などに使います。",
  "masking.blockExample": "#payment",
  "masking.unmask": "入力内容を表示する要素",
  "masking.unmaskAbout":
    "CSSセレクタで指定します。商品検索など、個人の情報が入らない項目にだけ使ってください。パスワードは常に伏せられます。",
  "masking.unreadable":
    "「{{selector}}」はCSSセレクターとして読み取れません。このままでは、すべての文字がマスクされます。",
  "masking.unmaskExample": "input[type=search]",
  "limits.title": "上限",
  "limits.about": "上限に達した訪問は、そこで記録を終えます。それまでの記録は残ります。",
  "limits.minutes": "1訪問あたりの分数",
  "limits.minutesAbout": "1〜240分",
  "limits.megabytes": "1訪問あたりの容量(MB)",
  "limits.megabytesAbout": "1〜40MB(圧縮後)",
  "limits.retention": "記録の保存日数",
  "limits.retentionAbout":
    "過ぎた記録は完全に削除されます。必要な期間だけ保存してください。空欄の場合はシステム全体の設定に従います。",
  "limits.retentionNone": "システムの設定に従う",
};
