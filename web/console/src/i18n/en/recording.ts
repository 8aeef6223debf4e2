export const recording = {
  "settings.recordingTab": "Recording",
  "recorded.title": "Whose visits are recorded",
  "recorded.about": "Fewer recordings mean less data about people, and a smaller bill.",
  "recorded.sample": "Share of visits",
  "recorded.sampleAbout": "Chosen by chance. The other visits do not even load the recorder; 0 records nobody.",
  "recorded.which": "Of these",
  "recorded.all": "Every visit, from its beginning",
  "recorded.allAbout": "Most to look at, and most stored about people.",
  "recorded.when": "Only once a condition holds",
  "recorded.whenAbout": "For example only members, or only after an error. Of the others nothing leaves their browser.",
  "recorded.condition": "Recorded once this holds",
  "recorded.reads": "In words:",
  "recorded.buffer": "Seconds before it",
  "recorded.bufferAbout":
    "What came just before is kept in the visitor's browser and sent once the condition holds. 0 keeps nothing.",
  "masking.title": "What is masked",
  "masking.about": "What is masked is replaced before it leaves the visitor's browser: it never reaches the server.",
  "masking.alwaysTitle": "Always masked",
  "masking.always":
    "What visitors type, hidden fields, choices in lists, and what follows the “?” of an address. No setting takes this away, except for what is named under “Show what is typed”.",
  "masking.allText": "Mask all text",
  "masking.allTextAbout":
    "Letters become x, digits 0 and Japanese ＊. One sees where people click, not what the page says to them.",
  "masking.mask": "Mask these elements",
  "masking.maskAbout":
    "CSS selectors. Their text is replaced, their place and size stay: for names, addresses, amounts.",
  "masking.maskExample": ".customer-name",
  "masking.block": "Leave these elements out",
  "masking.blockAbout":
    "CSS selectors. Only an empty box of their size is recorded: for maps, documents, other people's pictures.",
  "masking.blockExample": "#payment",
  "masking.unmask": "Show what is typed in these",
  "masking.unmaskAbout":
    "CSS selectors. Only for fields that say nothing about a person, such as a search for products. Passwords stay masked.",
  "masking.unreadable": "No browser can read “{{selector}}” as a CSS selector: all text would be masked.",
  "masking.unmaskExample": "input[type=search]",
  "limits.title": "Limits",
  "limits.about": "A visit that reaches one of them is recorded no further; what is there stays.",
  "limits.minutes": "Minutes a visit",
  "limits.minutesAbout": "1 to 240.",
  "limits.megabytes": "Megabytes a visit",
  "limits.megabytesAbout": "1 to 40, compressed.",
  "limits.retention": "Days that recordings are kept",
  "limits.retentionAbout":
    "After them they are deleted for good. Keep them no longer than you need them. Empty: as long as the deployment keeps them.",
  "limits.retentionNone": "As the deployment does",
};
