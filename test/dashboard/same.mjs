// same.mjs OLD NEW: does a picture of the repository show what is drawn now?  Prints the share of
// pixels that differ by more than rounding; exits with 1 if it is above 1 %, or the sizes differ.
import {readFileSync} from "node:fs";
import {chromium} from "playwright-core";

const files = process.argv.slice(2).map((file) => `data:image/png;base64,${readFileSync(file).toString("base64")}`);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"]
});
const page = await browser.newPage();
const share = await page.evaluate(async (urls) => {
  const [a, b] = await Promise.all(urls.map(async (url) => {
    const image = await createImageBitmap(await (await fetch(url)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  }));
  if (a.width !== b.width || a.height !== b.height) return null;
  let differ = 0;
  for (let i = 0; i < a.data.length; i += 4)
    if ([0, 1, 2].some((c) => Math.abs(a.data[i + c] - b.data[i + c]) > 64)) differ++;
  return differ / (a.data.length / 4);
}, files);
await browser.close();
console.log(share === null ? "another size" : `${(100 * share).toFixed(2)} % of the pixels differ`);
process.exitCode = share !== null && share <= 0.01 ? 0 : 1;
