// page.mjs DIST PICTURE: a picture of the built page, its scorecard and its first trend.
import {chromium} from "playwright-core";
import {serve} from "./serve.mjs";

const [dist, picture] = process.argv.slice(2);
const {server, url} = await serve(dist);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
});
const page = await browser.newPage({viewport: {width: 1000, height: 900}, locale: "en-GB"});
await page.goto(url, {waitUntil: "networkidle"});
await page.waitForFunction(() => document.querySelector(".scorecard tbody")
  && document.querySelectorAll("section")[1]?.querySelector("svg"), null, {timeout: 60000});
const height = Math.ceil(await page.evaluate(() =>
  document.querySelectorAll("section")[1].getBoundingClientRect().bottom));
await page.setViewportSize({width: 1000, height});
await page.waitForTimeout(500);
await page.screenshot({path: picture});
await browser.close();
server.close();
