// serve(folder): a server for one folder on this machine only; its address.
import {readFile} from "node:fs/promises";
import http from "node:http";
import path from "node:path";

const types = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css",
  ".json": "application/json", ".png": "image/png"};

export function serve(folder, port = 0) {
  const server = http.createServer(async (request, response) => {
    const wanted = path.normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const file = path.join(folder, wanted.endsWith("/") ? `${wanted}index.html` : wanted);
    try {
      const body = await readFile(file);
      response.writeHead(200, {"content-type": types[path.extname(file)] ?? "application/octet-stream"}).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) =>
    server.listen(port, "127.0.0.1", () => resolve({server, url: `http://127.0.0.1:${server.address().port}/`})));
}

if (process.argv[1]?.endsWith("serve.mjs"))
  console.log((await serve(process.argv[2], Number(process.argv[3] ?? 8000))).url);
