/** Start here: the page is `App`, drawn into the document's body. */
import "./style.css";
import { render } from "preact";
import { App } from "./app";
import { followScheme } from "./scheme";

followScheme();
render(<App />, document.body);
