// Only what the portal draws; pictures are SVG, so that they stay sharp in print.
import * as core from "echarts/core";
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, DatasetComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import ru from "echarts/lib/i18n/langRU.js";

core.use([BarChart, LineChart, ScatterChart, AriaComponent, DatasetComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);
core.registerLocale("RU", ru);
window.echarts = core;
