# survfit.R CSV: seconds that R's survfit and its median take over durations and events.
suppressMessages(library(survival))
x <- scan(commandArgs(TRUE), list(0, 0L), sep = ",", quiet = TRUE)
cat(system.time(quantile(survfit(Surv(x[[1]], x[[2]]) ~ 1), 0.5, conf.int = FALSE))[["elapsed"]])
