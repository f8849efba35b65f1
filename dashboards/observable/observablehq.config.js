// A static page: no search, no fonts or styles from elsewhere, nothing to load from
// the network once built.
export default {
  title: "Customer recovery",
  root: "src",
  output: "dist",
  style: "style.css",
  globalStylesheets: [],
  head: `<meta name="color-scheme" content="light dark">
<meta name="description" content="Customer-recovery KPIs with intervals, control limits and curves">
<link rel="icon" href="data:,">
<script>
document.documentElement.lang = "en";
// readers may zoom
document.querySelector("meta[name=viewport]").content = "width=device-width, initial-scale=1";
</script>`,
  header: "",
  footer: "",
  pages: [],
  sidebar: false,
  toc: false,
  pager: false,
  search: false
};
