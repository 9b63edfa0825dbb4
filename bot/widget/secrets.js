// The twin of the server's bot/privacy: the same words, the same steps, the same names. Tests hold both to the same cases.

const BULLET = "•";
const CUT = BULLET.repeat(4);
const PASSES = 8;

/**
 * A function that cuts secrets out of a text, with the words of secrets.json.
 * @returns {(text: string) => {text: string, kinds: string[]}}
 */
export function makeRedactor(words) {
  const findCodes = codeFinder(words);
  const findPasswords = passwordFinder(words);
  const findCards = cardFinder(words);
  const findIds = idFinder(words);

  function findAll(text) {
    let page = fold(text);
    const found = [];
    for (const find of [findIds, findCards, findCodes, findPasswords]) {
      const cuts = find(page);
      found.push(...cuts);
      page = without(page, cuts);
    }
    return found.map(({ start, end, kind }) => ({ start: page.starts[start], end: page.ends[end - 1], kind }));
  }

  return (text) => {
    const kinds = new Set();
    for (let pass = 0; pass < PASSES; pass += 1) {
      const cuts = findAll(text);
      if (cuts.length === 0) break;
      for (const { kind } of cuts) kinds.add(kind);
      text = replaced(text, cuts);
    }
    return { text, kinds: [...kinds].sort() };
  };
}

function replaced(text, cuts) {
  let kept = "";
  let place = 0;
  for (const { start, end } of joined(cuts)) {
    kept += text.slice(place, start) + CUT;
    place = end;
  }
  return kept + text.slice(place);
}

function joined(cuts) {
  const kept = [];
  for (const cut of cuts.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = kept.at(-1);
    if (last && cut.start < last.end) last.end = Math.max(last.end, cut.end);
    else kept.push({ ...cut });
  }
  return kept;
}

// Patterns

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
const isLetter = (char) => /[A-Za-z]/.test(char);

/** A pattern for any of the phrases, the longest first; an English one not within a longer word. */
function anyOf(phrases, ending = "") {
  return [...new Set(phrases)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).map((phrase) => {
    const body = phrase.split(" ").map(escaped).join("[\\s_-]{0,3}");
    const before = isLetter(phrase[0]) ? "(?<![a-z])" : "";
    return before + body + (isLetter(phrase.at(-1)) ? `${ending}(?![a-z])` : "");
  }).join("|");
}


/** A function that matches at a place. */
function matcher(source) {
  const pattern = new RegExp(source, "y");
  return (text, place) => {
    pattern.lastIndex = place;
    return pattern.exec(text);
  };
}

/** A function that matches a whole text. */
function whole(source) {
  const pattern = new RegExp(`^(?:${source})$`);
  return (text) => pattern.test(text);
}

const ending = (...sources) => new RegExp(sources.join(""));

// Folding

const FOREIGN = /[^\x00-\x7f\u3001-\u9fff]/u;
const INVISIBLE = /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u20e3\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/u;
const DASHES_AND_DOTS = { "−": "-", "﹣": "-", "－": "-", "·": ".", "．": "." };
const NUMERALS = "零一二三四五六七八九";
const OUR_OWN = /(?:pay|top|trf|ref)_[0-9a-z]{8,40}|wh-?[0-9a-z]{4}-?[0-9a-z]{4}(?![0-9a-z])/g;

/** The text with digits and letters as ASCII and nothing invisible; `starts` and `ends` are places in the typed text. */
function fold(typed) {
  const starts = [];
  const ends = [];
  let text = "";
  let place = 0;
  for (const char of typed) {
    const plain = foldedChar(char);
    if (plain) {
      text += plain;
      starts.push(place);
      ends.push(place + char.length);
    }
    place += char.length;
  }
  const lower = asciiLower(text);
  const numbers = lower
    .replace(OUR_OWN, (found) => "_".repeat(found.length))
    .replace(/(?<![0-9])[零〇一二三四五六七八九幺]{3,}(?![0-9])/g, (found) => [...found].map(numeral).join(""));
  return { text, lower, numbers, starts, ends };
}

const asciiLower = (text) => text.replace(/[A-Z]+/g, (found) => found.toLowerCase());

function numeral(char) {
  if (char === "〇") return "0";
  return char === "幺" ? "1" : String(NUMERALS.indexOf(char));
}

function foldedChar(char) {
  if (!FOREIGN.test(char)) return char;
  if (INVISIBLE.test(char)) return "";
  if (/\p{Z}/u.test(char)) return " ";
  if (/\p{Pd}/u.test(char)) return "-";
  const plain = char.normalize("NFKC");
  if (/^[0-9A-Za-z]$/.test(plain)) return plain;
  if (/\p{Nd}/u.test(char)) return digitValue(char);
  return char.length > 1 ? "\ufffd" : (DASHES_AND_DOTS[char] ?? char);
}

/** Digits of any script stand together in tens. */
function digitValue(char) {
  let count = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(char.codePointAt(0) - count - 1))) count += 1;
  return String(count % 10);
}

/** The same with bullets for what was found already. */
function without(page, cuts) {
  const masked = (text) => {
    const units = text.split("");
    for (const { start, end } of cuts) units.fill(BULLET, start, end);
    return units.join("");
  };
  return { ...page, text: masked(page.text), lower: masked(page.lower), numbers: masked(page.numbers) };
}

// Cards and ids

const GAP = "[\\s\\-._,/|。]{0,3}";
const CHAIN = new RegExp(`\\d(?:${GAP}\\d)*`, "g");
const FEWEST_DIGITS = 12;
const NAME_REACHES = 32;
const isPhone = whole("(?:00)?(?:86)?1[3-9]\\d{9}");
const matchCard = matcher("(?:3|4|5|6|81|9[45]|220[0-4]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)");
const CARD_DIGITS = [13, 19];
const CARD_DIGITS_TYPED = [12, 20];
const matchId = matcher(
  "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\\d{4}(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}",
);
const ID_DIGITS = [15, 18];
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = "10X98765432";
const matchIdLetter = matcher(`${GAP}x(?![a-z0-9])`);

function namedBefore({ names, between }) {
  const pattern = ending(`(?:${anyOf(names)})(?:${anyOf(between)}|[\\s:：=#.,，。"'“‘(（-]){0,12}$`);
  return (page, start) => pattern.test(page.lower.slice(Math.max(start - NAME_REACHES, 0), start));
}

/** Numbers with gaps between their groups; where groups start and end, in the chain of digits and in the text. */
function* chains(page) {
  for (const found of page.numbers.matchAll(CHAIN)) {
    const digits = found[0].replace(/\D/g, "");
    if (digits.length < FEWEST_DIGITS) continue;
    const starts = new Map();
    const ends = new Map();
    let count = 0;
    for (const group of found[0].matchAll(/\d+/g)) {
      starts.set(count, found.index + group.index);
      count += group[0].length;
      ends.set(count, found.index + group.index + group[0].length);
    }
    yield { digits, starts, ends };
  }
}

function pieces(chain, first, [least, most]) {
  const found = [];
  for (let last = first + least; last <= first + most; last += 1) {
    if (chain.ends.has(last)) found.push([last, chain.ends.get(last)]);
  }
  return found;
}

function passesLuhn(digits) {
  let sum = 0;
  for (let place = digits.length - 1, doubled = false; place >= 0; place -= 1, doubled = !doubled) {
    const digit = Number(digits[place]) * (doubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

function cardFinder(words) {
  const isNamed = namedBefore(words.card);
  const called = (page, chain) => {
    const typed = pieces(chain, 0, CARD_DIGITS_TYPED);
    if (typed.length === 0 || !isNamed(page, chain.starts.get(0))) return [];
    const [last, end] = chain.ends.keys().next().value === typed[0][0] ? typed[0] : typed.at(-1);
    return isPhone(chain.digits.slice(0, last)) ? [] : [{ start: chain.starts.get(0), end, kind: "card" }];
  };
  return (page) => {
    const found = [];
    for (const chain of chains(page)) {
      for (const [first, start] of chain.starts) {
        if (!matchCard(chain.digits, first)) continue;
        for (const [last, end] of pieces(chain, first, CARD_DIGITS)) {
          if (passesLuhn(chain.digits.slice(first, last))) found.push({ start, end, kind: "card" });
        }
      }
      found.push(...called(page, chain));
    }
    return joined(found);
  };
}

const idCheck = (digits) => ID_CHECKS[ID_WEIGHTS.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0) % 11];

function idFinder(words) {
  const isNamed = namedBefore(words.id_number);
  return (page) => {
    const found = [];
    for (const chain of chains(page)) {
      const chainIsNamed = isNamed(page, chain.starts.get(0));
      for (const [first, start] of chain.starts) {
        const named = chainIsNamed && first === 0;
        if (!named && !matchId(chain.digits, first)) continue;
        for (const [last, end] of pieces(chain, first, ID_DIGITS)) {
          const digits = chain.digits.slice(first, last);
          const letter = digits.length === 17 ? matchIdLetter(page.numbers, end) : null;
          const typed = letter ? `${digits}X` : digits;
          const isId = typed.length === 18 && (named || idCheck(typed) === typed[17]);
          if (isId) found.push({ start, end: letter ? end + letter[0].length : end, kind: "id_number" });
          else if (typed.length === 15 && named) found.push({ start, end, kind: "id_number" });
        }
      }
    }
    return joined(found);
  };
}

// Codes

const CODE_CHAIN = /(?<date>(?:19|20)\d\d-\d{1,2}-\d{1,2}(?!\d))|\d(?:[\s-]?\d)*/g;
const isMobile = whole("(?:86)?1[3-9]\\d{9}");
const isServiceLine = whole("95\\d{3}|100\\d\\d|123\\d\\d");
const YEAR = /(?:\b(?:in|since|from|until|of|by|year)\s+)(?:19|20)\d\d$/;
const INSIDE_BEFORE = /(?:\d[.,:/]|[*_+/\\]|[a-z]-|[a-z])$/;
const INSIDE_AFTER = /^(?:[.,:/]\d|[*_a-z])/;
const LETTER_DASH = /(?<![a-z])[a-z]-$/;
const CODE_SENTENCE_END = /[,.;!?，。；！？\n]/;
const [FEWEST, MOST, USUAL, SHORT, LONGEST_GROUP] = [4, 8, 6, 3, 4];
const [REACHES_AFTER, REACHES_BEFORE, NEIGHBOURS] = [40, 24, 30];

function codeNumbers(page) {
  const found = [];
  for (const chain of page.numbers.matchAll(CODE_CHAIN)) {
    if (chain.groups.date || isMobile(chain[0].replace(/\D/g, ""))) continue;
    const parts = [];
    for (const group of chain[0].matchAll(/\d+/g)) {
      const last = parts.at(-1);
      const [start, digits] = [chain.index + group.index, group[0]];
      const fits = last && last.digits.length + digits.length <= MOST && digits.length <= LONGEST_GROUP;
      if (fits && last.digits.length <= MOST - 2) {
        last.end = start + digits.length;
        last.digits += digits;
      } else {
        parts.push({ start, end: start + digits.length, digits });
      }
    }
    found.push(...parts.filter(({ digits }) => digits.length >= SHORT && digits.length <= MOST));
  }
  return found;
}

function codeFinder(words) {
  const { code, number } = words;
  const plain = (phrase) => phrase.replace(/[\s_-]/g, "");
  const groups = new Map(["names", "weak", "others"].flatMap((group) => code[group].map((word) => [plain(word), group])));
  const short = new Set(code.short.map(plain));
  const namePattern = new RegExp(anyOf([...code.names, ...code.weak, ...code.others], "s?"), "g");
  const trouble = new RegExp(anyOf(code.troubles));
  const joining = ending(`(?:${anyOf(code.joining)})[\\s"'“‘(（【\\[]*$`);
  const betweenWords = new Set(code.between_words);
  const betweenCharacters = new Set(code.between_characters);
  const named = ending(
    `(?:${anyOf(number.named)})[\\s:：=#]*(?:(?:[了过的是为约]|of|is|was|to|no)[\\s:：=#.]*){0,3}$`,
  );
  const counting = ending(`^[\\s-]?(?:${anyOf(number.counting)})`);

  const namesIn = (page) => [...page.lower.matchAll(namePattern)].map((found) => {
    const word = groups.has(plain(found[0])) ? plain(found[0]) : plain(found[0]).replace(/s$/, "");
    const end = found.index + found[0].length;
    return { start: found.index, end, group: groups.get(word), takesThree: short.has(word) };
  });

  const isBetween = (between) =>
    (between.match(/[a-z']+/g) ?? []).every((word) => betweenWords.has(word)) &&
    (between.match(/[\u3400-\u9fff]/g) ?? []).every((char) => betweenCharacters.has(char)) &&
    !/\d/.test(between);
  const saysSomething = (between) => /[a-z']|[\u3400-\u9fff]/.test(between);
  const isRound = ({ digits }) => digits.endsWith("000");

  function isSomethingElse(page, { start, end, digits }, before) {
    const from = Math.max(start - NEIGHBOURS, 0, before?.end ?? 0);
    const leading = page.numbers.slice(from, start);
    const trailing = page.numbers.slice(end, end + NEIGHBOURS);
    if (counting.test(trailing) || INSIDE_AFTER.test(trailing) || named.test(leading)) return true;
    if (YEAR.test(page.numbers.slice(from, end))) return true;
    return INSIDE_BEFORE.test(leading) && !(LETTER_DASH.test(leading) && digits.length >= USUAL);
  }

  function follows(page, candidate, name) {
    const between = page.lower.slice(name.end, candidate.start);
    const isJoined = joining.test(between);
    const { length } = candidate.digits;
    if (length < FEWEST) return name.takesThree && isBetween(between);
    if (name.group === "weak" && length < USUAL) {
      if (trouble.test(page.lower.slice(Math.max(name.start - NEIGHBOURS, 0), candidate.start))) return false;
    }
    const isAmount = isRound(candidate) && !isJoined;
    if (isBetween(between) && !(isAmount && saysSomething(between))) return true;
    return !isAmount && (isJoined || length === USUAL);
  }

  function precedes(page, candidate, name) {
    const between = page.lower.slice(candidate.end, name.start);
    const { length } = candidate.digits;
    if (length < FEWEST || isRound(candidate) || isServiceLine(candidate.digits)) {
      return length === SHORT && name.takesThree && isBetween(between);
    }
    return length === USUAL || (isBetween(between) && !CODE_SENTENCE_END.test(between));
  }

  function isCode(page, candidate, before, after) {
    const near = (name, distance, reach) => (name && name.group !== "others" && distance <= reach ? name : null);
    const nameBefore = near(before, candidate.start - before?.end, REACHES_AFTER);
    const nameAfter = near(after, after?.start - candidate.end, REACHES_BEFORE);
    if (!(nameBefore || nameAfter) || isSomethingElse(page, candidate, nameBefore)) return false;
    return Boolean(
      (nameBefore && follows(page, candidate, nameBefore)) || (nameAfter && precedes(page, candidate, nameAfter)),
    );
  }

  return (page) => {
    const numbers = codeNumbers(page);
    const names = numbers.length > 0 ? namesIn(page) : [];
    if (names.length === 0) return [];
    let next = 0; // the first name that ends after the number begins
    let after = 0; // the first name that begins after the number ends
    return numbers.filter((candidate) => {
      while (next < names.length && names[next].end <= candidate.start) next += 1;
      while (after < names.length && names[after].start < candidate.end) after += 1;
      return isCode(page, candidate, names[next - 1], names[after]);
    }).map(({ start, end }) => ({ start, end, kind: "code" }));
  };
}

// Passwords

const QUOTES = { "“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "【": "】", '"': '"', "'": "'", "`": "`" };
const LONGEST_QUOTE = 64;
const matchToken = matcher("[!-~]+");
const LAST_TOKEN = /[!-~]{1,64}[\s"”’'」]{0,3}$/;
const matchClause = matcher("[^\\s,.;:!?，。；：！？、）)】」』”’\"]{1,16}");
const SENTENCE_END = /[。！？；\n]|[.!?;]\s/;
const AROUND = new Set(`"'\`“”‘’「」『』《》【】,.;:!?()[]{}<>~*-= ${BULLET}`);
const KNOWN = [
  whole("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+"),
  whole("[a-z]{1,2}[-_]?\\d{2,5}"),
];
const isMoney = whole("[¥￥$€£]\\d[\\d,.]*");
const [PASSWORD_REACHES, VERB_REACHES, FEWEST_CHARACTERS, FEWEST_PASSWORD_DIGITS] = [28, 24, 5, 4];

function stripped(text) {
  let [start, end] = [0, text.length];
  while (start < end && AROUND.has(text[start])) start += 1;
  while (end > start && AROUND.has(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

function looksMade(value) {
  const letters = value.replace(/[-,.;:/?!()'"…]+/g, "");
  const rest = letters.slice(1);
  const isMixed = letters !== letters.toUpperCase() && rest !== rest.toLowerCase();
  return isMixed || /[0-9]|(?![A-Za-z])[\x00-\x7f]/.test(letters);
}

function passwordFinder(words) {
  const { password } = words;
  const counting = anyOf(words.number.counting);
  const names = anyOf(password.names, "s?");
  const namePattern = new RegExp(names, "g");
  const matchJoining = matcher(`[\\s"”’'」)）]{0,3}(?:(?:${anyOf(password.joining)})[\\s,，]{0,3}){1,3}`);
  const matchTo = matcher("\\s{1,3}to\\s{1,3}");
  const changing = new RegExp(anyOf(password.changing));
  const matchCounting = matcher(`\\d{1,4}[\\s-]?(?:[-~到至或.:]\\s?\\d{1,4}[\\s-]?)?(?:${counting})`);
  const matchBeginning = matcher(anyOf(password.harmless_beginnings));
  const harmless = new Set(password.harmless_words);
  const isDevice = whole(`(?:${password.devices.map(escaped).join("|")})[\\s_-]?[\\d.]+[a-z]*`);
  const owning = `(?:(?:${anyOf(password.owning)})\\s{0,3}){0,4}`;
  const brought = new RegExp(`(?:${anyOf(password.bringing)})\\s{0,3}${owning}(?:${names})`, "g");

  function isHarmless(page, [start, end]) {
    const value = stripped(page.text.slice(start, end));
    const spoken = asciiLower(value);
    if (!value || isMoney(value) || matchCounting(page.lower, page.text.indexOf(value, start))) return true;
    if (/^[\u3400-\u9fff]/.test(value)) return matchBeginning(spoken, 0) !== null;
    if (looksMade(value)) return false;
    const word = spoken.match(/^[a-z]+(?:['/][a-z]+)?/);
    return harmless.has(spoken) || (word !== null && harmless.has(word[0]));
  }

  function quoteAt(page, start) {
    let opening = start;
    while (page.text[opening] === " ") opening += 1;
    const sign = page.text[opening];
    if (!Object.hasOwn(QUOTES, sign ?? "")) return null;
    if ("\"'`".includes(sign) && opening > 0 && /[A-Za-z0-9]/.test(page.text[opening - 1])) return null;
    const closing = page.text.slice(0, opening + LONGEST_QUOTE).indexOf(QUOTES[sign], opening + 1);
    return closing > opening + 1 ? [opening, closing + 1] : null;
  }

  function joinedValue(page, start) {
    const found = matchToken(page.text, start) ?? matchClause(page.text, start);
    const span = quoteAt(page, start) ?? (found && [start, start + found[0].length]);
    return span && !isHarmless(page, span) ? span : null;
  }

  function to(page, start, end) {
    const hasVerb = searchWithin(changing, page.lower, Math.max(start - VERB_REACHES, 0), start);
    return hasVerb ? matchTo(page.lower, end) : null;
  }

  function betraysItself(page, start, value, isExpected) {
    const spoken = asciiLower(value);
    const end = start + value.length;
    if (page.numbers.slice(start, end) !== page.lower.slice(start, end)) return false;
    if (isMoney(spoken) || isDevice(spoken) || KNOWN.some((is) => is(spoken)) || matchCounting(page.lower, start)) return false;
    if (/^\d+$/.test(spoken)) return isExpected && value.length >= FEWEST_PASSWORD_DIGITS;
    const looks = /\d/.test(value) || (isExpected && looksMade(value));
    return value.length >= FEWEST_CHARACTERS && /[a-z]/.test(spoken) && looks;
  }

  function* betrayed(page, end, isJoined) {
    const reach = end + PASSWORD_REACHES;
    const stop = searchWithin(SENTENCE_END, page.text, end, reach)?.index ?? reach;
    const tokens = page.text.slice(end, reach + LONGEST_QUOTE).matchAll(/[!-~]+/g);
    for (const found of tokens) {
      const start = end + found.index;
      if (start >= stop) break;
      const value = stripped(found[0]);
      const isNext = stripped(page.text.slice(end, start)) === "";
      const place = start + found[0].indexOf(value);
      if (value && betraysItself(page, place, value, isNext || isJoined)) yield [start, start + found[0].length];
    }
  }

  function* values(page, start, end) {
    const joins = matchJoining(page.lower, end) ?? to(page, start, end);
    const quoted = joins ? null : quoteAt(page, end);
    const value = joins ? joinedValue(page, joins.index + joins[0].length) : quoted;
    if (value && (joins || !isHarmless(page, value))) yield value;
    else yield* betrayed(page, end, joins !== null);
  }

  function* broughtValues(page) {
    for (const found of page.lower.matchAll(brought)) {
      const from = Math.max(found.index - LONGEST_QUOTE, 0);
      const token = page.text.slice(from, found.index).match(LAST_TOKEN);
      if (!token) continue;
      const start = from + token.index;
      const value = stripped(token[0]);
      const isSecret = value.length >= FEWEST_PASSWORD_DIGITS && looksMade(value);
      if (isSecret && !isHarmless(page, [start, found.index])) yield [start, start + token[0].trimEnd().length];
    }
  }

  return (page) => {
    const found = [...page.lower.matchAll(namePattern)];
    if (found.length === 0) return [];
    const spans = found.flatMap((name) => [...values(page, name.index, name.index + name[0].length)]);
    return [...spans, ...broughtValues(page)].map(([start, end]) => ({ start, end, kind: "password" }));
  };
}

/** The first match between two places, as if the text ended at the second. */
function searchWithin(pattern, text, start, end) {
  const global = new RegExp(pattern, "g");
  global.lastIndex = start;
  return global.exec(text.slice(0, end));
}
