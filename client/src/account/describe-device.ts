export interface Device {
  kind: 'computer' | 'phone' | 'program';
  /** E.g. "Firefox on Windows". */
  name: string;
}

// In this order, because most browsers also claim to be Chrome or Safari.
const BROWSERS: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/Version\/.*Safari\//, 'Safari'],
];

const SYSTEMS: [RegExp, string, Device['kind']][] = [
  [/iPhone/, 'iPhone', 'phone'],
  [/iPad/, 'iPad', 'phone'],
  [/Android/, 'Android', 'phone'],
  [/Windows/, 'Windows', 'computer'],
  [/CrOS/, 'ChromeOS', 'computer'],
  [/Mac OS X|Macintosh/, 'macOS', 'computer'],
  [/Linux|X11/, 'Linux', 'computer'],
];

/** What a User-Agent stands for, in words that its owner recognizes. */
export function describeDevice(userAgent: string): Device {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const [, system, kind] = SYSTEMS.find(([pattern]) => pattern.test(userAgent)) ?? [];
  if (browser && system && kind) return { kind, name: `${browser} on ${system}` };
  if (browser) return { kind: 'computer', name: browser };

  const program = /^[^\s/]+/.exec(userAgent)?.[0];
  if (!program || program === 'Mozilla') return { kind: kind ?? 'program', name: system ?? 'Unknown device' };
  return { kind: 'program', name: program };
}
