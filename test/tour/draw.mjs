// draw.mjs KPI TITLE SUBTITLE TARGET: KPI.json as KPI.svg, a line with its band, the begin of the
// programme and the target, if there is one.
import fs from 'fs'
import * as vega from 'vega'
import * as lite from 'vega-lite'

const [kpi, text, subtitle, target] = process.argv.slice(2)
const months = JSON.parse(fs.readFileSync(`${kpi}.json`))
const x = { field: 'month', type: 'temporal', timeUnit: 'utcyearmonth', title: null,
  axis: { format: '%b', tickCount: 12 } }
const y = (field) => ({ field, type: 'quantitative', title: null, scale: { zero: kpi !== 'crs' } })
const begin = '2025-08-01'
const rule = (values, mark, encoding) => ({ data: { values: [values] }, mark: { type: 'rule', ...mark }, encoding })
const layer = [
  rule({ month: begin }, { color: '#999' }, { x }),
  { data: { values: [{ month: begin, says: 'calls begin' }] },
    mark: { type: 'text', align: 'left', dx: 5, y: 10, color: '#555' }, encoding: { x, text: { field: 'says' } } },
  { data: { values: months }, mark: { type: 'area', color: '#0072b2', opacity: 0.2 },
    encoding: { x, y: y('lower'), y2: { field: 'upper' } } },
  { data: { values: months }, mark: { type: 'line', color: '#0072b2', point: { filled: true, size: 45 } },
    encoding: { x, y: y('value') } }]
if (target) layer.unshift(rule({ at: Number(target) }, { strokeDash: [6, 4], color: '#666' }, { y: y('at') }))
const spec = { width: 640, height: 200, background: 'white', title: { text, subtitle, anchor: 'start' },
  config: { font: 'sans-serif', view: { stroke: null } }, layer }
const view = new vega.View(vega.parse(lite.compile(spec).spec), { renderer: 'none' })
fs.writeFileSync(`${kpi}.svg`, await view.toSVG())
