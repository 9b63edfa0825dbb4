// The twin of the server's bot/privacy: the same patterns, steps and names.

const BULLET = "•";
const CUT = BULLET.repeat(4);
const PASSES = 8; // a cut brings its neighbours nearer to a word
const NEIGHBOURS = 30;
const LONGEST_VALUE = 2000;
const NUMERALS = "〇一二三四五六七八九零幺";

/** A function that cuts secrets out of a text, by the patterns of secrets.json: `{text, kinds}`. */
export function makeRedactor(sources) {
  const one = {};
  const every = {};
  for (const [name, source] of Object.entries(sources)) {
    one[name] = new RegExp(source);
    every[name] = new RegExp(source, "g");
  }
  /** Every match with its place. */
  const all = (name, text, offset = 0) => [...text.matchAll(every[name])].map((found) => {
    const start = offset + found.index;
    return Object.assign(found, { start, end: start + found[0].length });
  });
  const stripped = (text) => text.replace(every.around, "");
  const before = (text, place, reach) => text.slice(Math.max(place - reach, 0), place);
  const after = (text, place, reach) => text.slice(place, place + reach);

  /** The text with digits and letters as ASCII and nothing invisible; `spans`: where it was typed. */
  function fold(typed) {
    const spans = [];
    let text = "";
    let end = 0;
    for (const char of typed) {
      const plain = char <= "\x7f" ? char : foldedChar(char);
      const start = end;
      end += char.length;
      text += plain;
      if (plain) spans.push([start, end]);
    }
    const lower = text.replace(/[A-Z]+/g, (found) => found.toLowerCase());
    const numbers = lower
      .replace(every.own, (found) => "_".repeat(found.length))
      .replace(every.numerals, (found) => found.replace(/./g, numeral));
    return { text, lower, numbers, spans };
  }

  /** So many digits in whole groups: 6222 0202 is two groups. */
  function pieces(page, least, most) {
    return all("chain", page.numbers).flatMap((chain) => {
      const groups = all("group", chain[0], chain.start);
      return groups.flatMap(({ start }, first) => {
        let digits = "";
        return groups.slice(first, first + most).map((group, more) => {
          digits += group[0];
          return { digits, start, end: group.end, first, more };
        }).filter((piece) => piece.digits.length >= least && piece.digits.length <= most);
      });
    });
  }

  const isCalled = (name, page, { first, start }) => first === 0 && one[name].test(before(page.lower, start, 32));

  function cards(page) {
    const called = new Map(); // by start: what is long enough by itself, else the longest
    for (const piece of pieces(page, 12, 20)) {
      const known = called.get(piece.start);
      if (isCalled("card_called", page, piece) && known?.more !== 0) called.set(piece.start, piece);
    }
    return [
      ...pieces(page, 13, 19).filter(({ digits }) => one.card.test(digits) && passesLuhn(digits)),
      ...[...called.values()].filter(({ digits }) => !one.phone.test(digits)),
    ];
  }

  function idNumbers(page) {
    return pieces(page, 15, 18).flatMap((piece) => {
      const { digits, start, end } = piece;
      const called = isCalled("id_called", page, piece);
      if (!called && !one.id.test(digits)) return [];
      const letter = digits.length === 17 ? one.id_letter.exec(after(page.numbers, end, 5)) : null;
      const whole = letter ? `${digits}X` : digits;
      const isId = whole.length === 18 ? called || passesIdCheck(whole) : whole.length === 15 && called;
      return isId ? [{ start, end: end + (letter?.[0].length ?? 0) }] : [];
    });
  }

  function codes(page) {
    const names = all("code_name", page.lower);
    return all("code_number", page.numbers).filter(({ 1: number, start, end }) => {
      if (!number) return false; // a date or a phone
      const digits = number.replace(/\D/g, "");
      const previous = names.findLast((name) => name.end <= start);
      const next = names.find((name) => name.start >= end);
      const isAfter = isName(previous) && start - previous.end <= 40;
      const isBefore = isName(next) && next.start - end <= 24;
      const leading = page.numbers.slice(Math.max(start - NEIGHBOURS, isAfter ? previous.end : 0, 0), start);
      if (one.other_after.test(after(page.numbers, end, NEIGHBOURS))) return false;
      if (one.other_before.test(leading + digits)) return false;
      return (isAfter && follows(page, start, digits, previous)) || (isBefore && precedes(page, end, digits, next));
    });
  }

  // What only sounds like a name is no group.
  const isName = (name) => name && (name[1] || name[2] || name[3]);

  function follows(page, start, digits, name) {
    const between = page.lower.slice(name.end, start);
    if (digits.length < 4) return name[1] && one.code_between.test(between);
    const around = page.lower.slice(Math.max(name.start - NEIGHBOURS, 0), start);
    if (name[3] && digits.length < 6 && one.trouble.test(around)) return false;
    if (one.code_joining.test(between)) return true;
    if (one.round.test(digits)) return one.silent.test(between);
    return digits.length === 6 || one.code_between.test(between);
  }

  function precedes(page, end, digits, name) {
    const between = page.lower.slice(end, name.start);
    const isBetween = one.code_between.test(between);
    if (one.no_code.test(digits)) return digits.length < 4 && name[1] && isBetween;
    return digits.length === 6 || (isBetween && !one.sentence_end.test(between));
  }

  function passwords(page) {
    const found = [];
    for (const name of all("password_name", page.lower)) {
      // A name within a value found already is a part of it.
      if (name.end >= (found.at(-1)?.end ?? 0)) found.push(...values(page, name));
    }
    return [...found, ...brought(page)];
  }

  function values(page, { start, end }) {
    const following = page.lower.slice(end);
    const hasVerb = one.changing.test(before(page.lower, start, 24));
    const joins = one.password_joining.exec(following) ?? (hasVerb ? one.to.exec(following) : null);
    const place = end + (joins?.[0].length ?? 0);
    const value = one[joins ? "value" : "quoted"].exec(after(page.text, place, LONGEST_VALUE))?.[0];
    if (value) {
      const span = { start: place + value.search(/[^ ]|$/), end: place + value.length };
      if (!isHarmless(page, span)) return [span];
    }
    return betrayed(page, end, joins !== null);
  }

  function isHarmless(page, { start, end }) {
    const value = stripped(page.text.slice(start, end));
    const place = page.text.indexOf(value, start);
    if (!value || one.harmless.test(after(page.lower, place, NEIGHBOURS))) return true;
    return !one.made.test(value) && one.harmless_word.test(after(page.lower, place, value.length));
  }

  function betrayed(page, end, isJoined) {
    const reach = one.clause_end.exec(after(page.text, end, 28))?.index ?? 28;
    return all("token", after(page.text, end, reach), end).flatMap(({ start }) => {
      const [token] = one.token.exec(after(page.text, start, LONGEST_VALUE));
      const value = stripped(token);
      const isExpected = isJoined || !stripped(page.text.slice(end, start));
      const isSecret = value && betraysItself(page, start + token.indexOf(value), value, isExpected);
      return isSecret ? [{ start, end: start + token.length }] : [];
    });
  }

  function betraysItself(page, start, value, isExpected) {
    const spoken = after(page.lower, start, value.length);
    if (after(page.numbers, start, value.length) !== spoken || one.known.test(spoken)) return false;
    if (one.harmless.test(after(page.lower, start, NEIGHBOURS))) return false;
    if (one.lettered.test(value)) return one[isExpected ? "made" : "digit"].test(value);
    return isExpected && one.digits.test(value);
  }

  function brought(page) {
    return all("brought", page.lower).flatMap(({ start }) => {
      const leading = before(page.text, start, 64);
      const [token] = all("last_token", leading, start - leading.length);
      const value = stripped(token?.[0] ?? "");
      return value.length < 4 || !one.made.test(value) || isHarmless(page, token) ? [] : [token];
    });
  }

  const searches = { id_number: idNumbers, card: cards, code: codes, password: passwords };

  return (text) => {
    const kinds = new Set();
    for (let pass = 0; pass < PASSES; pass += 1) {
      const page = fold(text);
      const found = [];
      for (const [kind, search] of Object.entries(searches)) {
        const cuts = search(page);
        if (cuts.length === 0) continue;
        kinds.add(kind);
        found.push(...cuts);
        for (const name of ["text", "lower", "numbers"]) {
          page[name] = cutOut(page[name], cuts).map((unit) => unit ?? BULLET).join("");
        }
      }
      if (found.length === 0) break;
      const typed = found.map(({ start, end }) => ({ start: page.spans[start][0], end: page.spans[end - 1][1] }));
      text = cutOut(text, typed).map((unit, place, units) => unit ?? (units[place - 1] === null ? "" : CUT)).join("");
    }
    return { text, kinds: [...kinds].sort() };
  };
}

/** The units of a text, null for those cut out. */
function cutOut(text, cuts) {
  const units = text.split("");
  for (const { start, end } of cuts) units.fill(null, start, end);
  return units;
}

function foldedChar(char) {
  if (/[\p{Cf}\p{Mn}\p{Me}\u115f\u1160\u2800\u3164\uffa0]/u.test(char)) return "";
  if (/\p{Z}/u.test(char)) return " ";
  if (/[\p{Pd}−]/u.test(char)) return "-";
  const plain = char.normalize("NFKC");
  if (/^[^\W_]$/.test(plain)) return plain;
  if (/\p{Nd}/u.test(char)) return digitValue(char);
  if (/[·．]/.test(char)) return ".";
  return char.length > 1 ? "\ufffd" : char;
}

/** Digits of any script stand together in tens. */
function digitValue(char) {
  let count = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(char.codePointAt(0) - count - 1))) count += 1;
  return String(count % 10);
}

const numeral = (char) => String(NUMERALS.indexOf(char) % 10);

function passesLuhn(digits) {
  const values = [...digits].reverse().map((digit, place) => Number(place % 2 ? "0246813579"[digit] : digit));
  return values.reduce((sum, value) => sum + value) % 10 === 0;
}

/** Of a resident id's 18 characters. */
function passesIdCheck(id) {
  const sum = [...id].reduce((sum, digit, place) => sum + Number(digit.replace("X", 10)) * 2 ** (17 - place), 0);
  return sum % 11 === 1;
}
