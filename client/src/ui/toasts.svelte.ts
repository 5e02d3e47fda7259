export interface Toast {
  id: number;
  tone: 'success' | 'danger';
  text: string;
}

const SHOWN_FOR_MS = 7000;

let shown = $state.raw<Toast[]>([]);
let lastId = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

function show(tone: Toast['tone'], text: string): void {
  lastId += 1;
  shown = [{ id: lastId, tone, text }];
  resume();
}

function dismiss(): void {
  shown = [];
}

function pause(): void {
  clearTimeout(timer);
}

function resume(): void {
  clearTimeout(timer);
  timer = setTimeout(dismiss, SHOWN_FOR_MS);
}

/** Short messages about what has happened; one at a time, the newest wins. */
export const toasts = {
  get shown(): Toast[] {
    return shown;
  },
  show,
  dismiss,
  pause,
  resume,
};
