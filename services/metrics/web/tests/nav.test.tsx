// @vitest-environment jsdom
import { LocationProvider } from "preact-iso";
import { expect, test } from "vitest";
import { EditPage } from "../src/edit/page";
import { Nav } from "../src/nav";
import { shown, watching } from "./showing";

const links = () => [...document.querySelectorAll("nav a")].map(({ textContent }) => textContent);

test.each([
  [
    ["view", "figures"],
    ["Board", "Wall"],
  ],
  [
    ["supervise", "view"],
    ["Board", "Wall", "Edit", "Plans"],
  ],
  [["admin"], ["Board", "Wall", "Edit", "Plans"]],
  [["own"], []],
])("who has %j is led to %j", (scopes, names) => {
  shown(<Nav />, watching(...scopes));
  expect(links()).toEqual(names);
});

test.each([
  ["/", "Board"],
  ["/edit", "Edit"],
  ["/edit/market", "Edit"],
  ["/plans", "Plans"],
])("at %s the link %s says that one is there", (path, name) => {
  history.replaceState(null, "", path);
  shown(
    <LocationProvider>
      <Nav />
    </LocationProvider>,
    watching("supervise"),
  );
  expect(document.querySelector("[aria-current=page]")?.textContent).toBe(name);
});

test("who may not edit is told so in place of the map", () => {
  shown(<EditPage />, watching("view"));
  expect(document.querySelector("h1")?.textContent).toBe("Not open to you");
  expect(document.querySelector("#edit-map")).toBeNull();
});
