/** The mailbox has no room, in the languages that notices come in. */
export const FULL: readonly RegExp[] = [
  /\bquotas?\b|\bover ?quota|overquota/,
  /(?:mail ?box|inbox|mail ?folder|mail ?drop|account|box|disk|maildir|mail file|user|spool)(?:'s)?(?: \S{1,40})? (?:is |are |was |has been |currently |temporarily |almost |too ){0,3}full\b/,
  /\bfull mail ?box|mailbox:? full|mailfull|mbox full/,
  /over (?:the |its |their )?(?:storage|disk|size|space|mailbox|allowed)? ?(?:limit|allocation)/,
  /(?:insufficient|not enough|lack of|no (?:more )?|out of|does not have enough|low on|exceed\w*|over|reached|used up)(?: \S{1,20}){0,5} (?:storage|disk ?space|space|mailbox size|allocation)\b/,
  /(?:storage|disk ?space|space|mailbox size)(?: \S{1,20}){0,4} (?:exceed|limit|full|exhaust|used up|over)/,
  /(?:account|mailbox|user) (?:\S{1,40} )?has reached (?:its|their|the) \S{0,20} ?limit|mailbox (?:\S{1,60} )?(?:has )?(?:exceed\w*|would exceed|over (?:the )?limit|size limit|overflow)/,
  /mail ?box (?:over|too) (?:size|large|limit)|too many messages (?:on|in|stored)|too much mail (?:data|in)/,
  /exceed\w* (?:\S{1,20} ){0,4}(?:receiving limits|mailbox|disk|maximum allowed storage)/,
  /postfach(?: \S{1,40})? (?:ist )?(?:voll|überfüllt)|speicherplatz|kontingent|(?:mailbox|postfach|speicher)\S{0,20} (?:\S{1,20} ){0,3}(?:voll|überschritten)/,
  /bo[iî]te (?:\S{1,30} ){0,5}(?:est )?(?:pleine|satur)|capacité de stockage/,
  /(?:buz[oó]n|casilla|bandeja) (?:\S{1,30} ){0,4}(?:llen[ao]|complet)|\bcuota\b|espacio (?:insuficiente|disponible)/,
  /casella (?:\S{1,30} ){0,4}piena|spazio (?:esaurito|insufficiente)|caixa (?:\S{1,30} ){0,4}cheia|\bcota\b/,
  /(?:postvak|mailbox|postbus) (?:\S{1,30} ){0,3}vol\b|quotum|(?:brevlådan|innboksen|postkassen|indbakken) (?:\S{1,20} ){0,3}(?:är full|er full|er fuld)/,
  /容量|一杯|いっぱい|満杯|メールボックスがフル|保存件数|已满|已滿|空間不足|가득|초과|πλήρ(?:ες|ης)|γεμάτ|переповнен|препълнен|מלאה|ممتلئ|เต็ม|超过.{0,6}(?:容量|配额)|配额|переполнен|нет места|przepełnion|pełn[aey]\b|plná|megtelt|doldu|용량/,
  /(?<!\p{L})(?:täynnä|täis|dolu|plena|plină|pilna|perpildyta|puna|polna|penuh|đầy)(?!\p{L})/u,
];

/** Too big, too fast, too many: a matter of this mail or this hour. */
export const TOO_MUCH: readonly RegExp[] = [
  /grey ?list|gray ?list/,
  /too (?:large|big)\b|too long\b(?! in)|(?:message|mail|size|maximum)(?: \S{1,30}){0,6} exceed\w*(?: \S{1,30}){0,6} (?:size|limit|maximum|allowed|bytes|max)|exceed\w*(?: \S{1,30}){0,4} (?:message|mail|maximum|max) ?(?:file ?)?size|message size|size limit|file size/,
  /more than \d+ (?:\S{1,20} ){0,2}(?:users?|recipients?|addresses)\b|excessive|recipients? (?:count|limit|number)|number of recipients|too many (?:concurrent|connections|simultaneous|recipients|sessions|smtp|hops|received|errors|bad commands|retries)|connection (?:rate|limit)|(?:connection|session)s? limit/,
  /receiving mail (?:at a rate|too quickly)|rate (?:that|limit exceeded|limited)|throttl|max(?:imum)? (?:emails|sending rate|hop)/,
];

/** It may pass: the network, their system, the time a queue waits. */
export const LATER: readonly RegExp[] = [
  /temporar|transient|deferr|(?:try|retry|attempt)(?: it| this)? (?:again )?(?:later|in \d)|try again later|host not found, try again|please retry/,
  /time(?:d)?[ -]?out|connection (?:was |has been )?(?:refused|reset|dropped|lost|closed|died|failed|broken|aborted|error)|lost connection|conversation with @? ?\S{0,60} ?(?:timed|failed)/,
  /un(?:able|successful)\S{0,3} (?:to )?(?:connect|contact|establish|reach)|could ?(?:n't|not) (?:connect|contact|establish|be reached|reach)|cannot (?:connect|contact|reach)|wasn't able to establish|no (?:route|smtp connection)|unreachable|not reachable|network error|server (?:is )?(?:down|busy|unavailable|did not respond|not responding)|no answer from/,
  /(?:queue|queued|retr(?:y|ied)|retention) (?:\S{1,20} ){0,4}(?:too long|exceed\w*|expired|period|lifetime)|in the queue|(?:delivery|message|retry|time|period|mail|transmission|lifetime)(?: \S{1,20}){0,3} (?:has |is |was )?expired|expired after|(?:been|could not be delivered|undelivered|not been delivered|not been collected|not collected)(?: \S{1,20}){0,3} (?:for|after|within|since|in) (?:more than |the last |at least )?\d|all hosts (?:\S{1,20} ){0,4}(?:failing|failed)|long (?:failure period|time)|all retr|maximum retry|retry time|gave up|delivery time/,
  /(?:mail|routing|forwarding|message)(?: \S{1,20})? loop|loops? back|looping|loop detected|hop count|best-preference mx|local(?:\/control)? (?:configuration|error|problem)|(?:system|configuration|config|internal|i\/o|software|resource)s? (?:\S{1,20} )?error|mail system problem|server error|unable to (?:lock|open|create|write|fork|deliver locally)|not accepting (?:network )?messages|out of memory|cannot allocate|ldap|not (?:accessible|available|accepting|receiving|reachable|able)(?: \S{1,20}){0,4} (?:at (?:this|the) (?:time|moment)|right now|for now)|verification in progress|unverified address|no such file|\bmail ?dir\b|permission denied|read-only|suspend|non-?payment|unpaid|(?:blocked|locked) (?:due to|because of|for) inactiv|frozen|locked|on hold|maintenance|overload|too busy|high load|currently unavailable|service (?:is )?(?:currently )?unavailable|host ?name lookup failure|dns (?:failure|lookup|server error)|contact dns|dns soft error|serv(?:er )?fail|too old\b|not unique|ambiguous/,
];
