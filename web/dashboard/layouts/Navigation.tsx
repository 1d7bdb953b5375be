import { cn } from "@shared/lib/cn";
import { lazyPart } from "@shared/lib/loadChunk";
import { useHotkeys } from "@shared/lib/useHotkeys";
import { Kbd } from "@shared/ui/kbd";
import {
  Info,
  type LucideIcon,
  MessagesSquare,
  MoonStar,
  Search,
  SunMedium,
  SunMoon,
  TableProperties,
} from "lucide-react";
import { Suspense, useState } from "react";
import { NavLink, useNavigate } from "react-router";
import { Wordmark } from "@/components/Wordmark";
import { PAGE_ID } from "@/lib/pageId";
import { type Theme, useUiStore } from "@/lib/uiStore";

// Wanted by a key or a click, not by the first load.
const CompanyFinder = lazyPart(() => import("./CompanyFinder"));
const HotkeyHelp = lazyPart(() => import("./HotkeyHelp"));

const PLACES: ReadonlyArray<{ to: string; name: string; icon: LucideIcon }> = [
  { to: "/", name: "Overview", icon: TableProperties },
  { to: "/conversations", name: "Conversations", icon: MessagesSquare },
  { to: "/about", name: "About", icon: Info },
];

/** A bar below on a phone, a rail of icons beside the page, a column where there is room. */
export function Navigation() {
  const navigate = useNavigate();
  const [finding, setFinding] = useState(false);
  const [helping, setHelping] = useState(false);

  useHotkeys({
    "mod+k": () => setFinding(true),
    "?": () => setHelping(true),
    "/": () => {
      const search = document.querySelector<HTMLInputElement>("[data-page-search]");
      if (search) search.focus();
      else void navigate("/?focus=search");
    },
  });

  return (
    <>
      <a
        href={`#${PAGE_ID}`}
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-bg focus:p-2"
      >
        Skip to the page
      </a>
      <nav
        aria-label="Main"
        className="order-last flex shrink-0 items-center border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:order-first md:w-14 md:flex-col md:border-t-0 md:border-r md:py-4 md:pb-4 xl:w-[220px] xl:items-stretch xl:px-3"
      >
        <NavLink to="/" aria-label="Tickertalk" className="mb-6 hidden rounded-md md:block xl:px-2">
          <Wordmark className="xl:hidden" iconOnly />
          <Wordmark className="hidden xl:flex" />
        </NavLink>
        <button
          type="button"
          onClick={() => setFinding(true)}
          title="Find a company"
          className="hidden h-9 items-center gap-2 rounded-md border border-border/60 bg-bg text-muted hover:text-text md:mb-4 md:flex md:size-9 md:justify-center xl:w-auto xl:justify-start xl:px-2.5 dark:bg-bg"
        >
          <Search aria-hidden="true" className="size-4" />
          <span className="sr-only flex-1 text-left xl:not-sr-only xl:whitespace-nowrap">Find a company</span>
          <span className="hidden xl:inline">
            <Kbd>{isApple() ? "⌘K" : "Ctrl K"}</Kbd>
          </span>
        </button>
        <ul className="flex flex-1 justify-around md:flex-none md:flex-col md:gap-1">
          {PLACES.map((place) => (
            <li key={place.to}>
              <Place {...place} />
            </li>
          ))}
          <li className="md:hidden">
            <button
              type="button"
              onClick={() => setFinding(true)}
              className="flex h-14 w-20 flex-col items-center justify-center gap-0.5 text-2xs text-muted"
            >
              <Search aria-hidden="true" className="size-5" />
              Find
            </button>
          </li>
        </ul>
        <div className="hidden md:mt-auto md:block">
          <ThemeSwitch />
        </div>
      </nav>
      <Suspense>
        {finding && <CompanyFinder onClose={() => setFinding(false)} />}
        {helping && <HotkeyHelp onClose={() => setHelping(false)} />}
      </Suspense>
    </>
  );
}

function Place({ to, name, icon: Icon }: { to: string; name: string; icon: LucideIcon }) {
  return (
    <NavLink
      to={to}
      end={to === "/"}
      title={name}
      className={({ isActive }) =>
        cn(
          "flex h-14 w-20 flex-col items-center justify-center gap-0.5 rounded-md text-2xs md:size-9 xl:h-9 xl:w-full xl:flex-row xl:justify-start xl:gap-2.5 xl:px-2.5 xl:text-sm",
          isActive
            ? "font-medium text-accent md:bg-raised xl:text-text xl:[&_svg]:text-accent"
            : "text-muted hover:text-text md:hover:bg-raised",
        )
      }
    >
      <Icon aria-hidden="true" className="size-5 md:size-[1.125rem]" />
      <span className="md:sr-only xl:not-sr-only">{name}</span>
    </NavLink>
  );
}

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const THEME_ICON = { system: SunMoon, light: SunMedium, dark: MoonStar } as const;
const THEME_WORD = { system: "System theme", light: "Light theme", dark: "Dark theme" } as const;

export function ThemeSwitch() {
  const { theme, setTheme } = useUiStore();
  const Icon = THEME_ICON[theme];
  return (
    <button
      title={`${THEME_WORD[theme]}; change`}
      type="button"
      onClick={() => setTheme(NEXT_THEME[theme])}
      className="flex size-9 items-center justify-center gap-2.5 rounded-md text-muted hover:bg-raised hover:text-text xl:w-full xl:justify-start xl:px-2.5"
    >
      <Icon aria-hidden="true" className="size-[1.125rem]" />
      <span className="sr-only xl:not-sr-only">{THEME_WORD[theme]}</span>
    </button>
  );
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
