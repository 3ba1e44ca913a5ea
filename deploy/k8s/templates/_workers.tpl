{{/* The workers that run, by name, each merged over workerDefaults; as JSON: {"ocr": {…}}. */}}
{{- define "pdf-smaller.workers" -}}
{{- $workers := dict -}}
{{- $services := omit (.Files.Get "files/settings.json" | fromJson).services "gateway" "streams" -}}
{{- range $name, $own := .Values.workers -}}
{{- if not (hasKey $services $name) -}}
{{- fail (printf "workers.%s: there is no such service; there are %s" $name (keys $services | sortAlpha | join ", ")) -}}
{{- end -}}
{{- $worker := mergeOverwrite (deepCopy $.Values.workerDefaults) (deepCopy (default dict $own)) -}}
{{- if $worker.enabled -}}
{{- $_ := set $workers $name $worker -}}
{{- end -}}
{{- end -}}
{{- toJson $workers -}}
{{- end -}}

{{/* Whether KEDA decides how many pods a worker has. */}}
{{- define "pdf-smaller.scaled" -}}
{{- if and .root.Values.keda.enabled .spec.keda.enabled -}}true{{- end -}}
{{- end -}}

{{/* What a pod has after SIGTERM: the drain, and time to hand back what is left and to close. */}}
{{- define "pdf-smaller.workerGrace" -}}
{{- add (int .drainSeconds) 30 -}}
{{- end -}}
{{- define "pdf-smaller.gatewayGrace" -}}
{{- add (int .preStopSeconds) (int .drainSeconds) 15 -}}
{{- end -}}

{{/* A quantity of memory, Gi or Mi, in MiB. */}}
{{- define "pdf-smaller.mebibytes" -}}
{{- if hasSuffix "Gi" . -}}
{{- mulf (float64 (trimSuffix "Gi" .)) 1024 | int64 -}}
{{- else if hasSuffix "Mi" . -}}
{{- trimSuffix "Mi" . | int64 -}}
{{- else -}}
{{- fail (printf "%s: say memory in Gi or Mi" .) -}}
{{- end -}}
{{- end -}}
