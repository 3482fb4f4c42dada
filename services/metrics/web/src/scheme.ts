/** Light or dark: as the system has it, unless what is shown must always be dark. */
import { computed, effect, signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

const system = signal(false);
const wanted = signal(false);

/** Whether the page is dark now. The style sheet follows it by the class `dark`. */
export const dark = computed(() => wanted.value || system.value);

/** Follows the system from now on. */
export function followScheme(): void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  system.value = query.matches;
  query.addEventListener("change", () => {
    system.value = query.matches;
  });
  effect(() => {
    document.documentElement.classList.toggle("dark", dark.value);
  });
}

/** Keeps the page dark for as long as the component is shown. */
export function useAlwaysDark(): void {
  useLayoutEffect(() => {
    wanted.value = true;
    return () => {
      wanted.value = false;
    };
  }, []);
}
