{{/*
A value as text. Numbers of values come as floats, which print large ones as 2e+06.
*/}}
{{- define "pdf-smaller.plain" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}
{{- int64 . -}}
{{- else -}}
{{- toString . -}}
{{- end -}}
{{- end -}}

{{/* The same of a setting with choices: to YAML as Helm reads it, `off` is a way to write false. */}}
{{- define "pdf-smaller.chosen" -}}
{{- if and (kindIs "bool" .value) (not .value) (has "off" .choices) (not (has "false" .choices)) -}}
off
{{- else -}}
{{- include "pdf-smaller.plain" .value -}}
{{- end -}}
{{- end -}}

{{/* What the chart itself tells a service, of all that it could: (dict "root" $ "name" "ocr" "spec" …); as JSON. */}}
{{- define "pdf-smaller.ownSettings" -}}
{{- $values := .root.Values -}}
{{- $all := dict "NATS_URL" (include "pdf-smaller.natsUrl" .root) -}}
{{- $_ := set $all "NATS_REPLICAS" $values.nats.replicas -}}
{{- $_ := set $all "EVENT_RETENTION_DAYS" $values.nats.eventRetentionDays -}}
{{- range include "pdf-smaller.secretFiles" . | fromJsonArray -}}
{{- $_ := set $all .setting (printf "/secrets/%s/%s" .name .key) -}}
{{- end -}}
{{- if ne .name "streams" -}}
{{- $_ := set $all "HOST" "0.0.0.0" -}}
{{- $_ := set $all "PORT" 8080 -}}
{{- $_ := set $all "OPS_PORT" 9090 -}}
{{- $_ := set $all "DATA_DIR" "/data" -}}
{{- $_ := set $all "DRAIN_SECONDS" .spec.drainSeconds -}}
{{- if and (eq .name "gateway") .spec.openToAnyone -}}
{{- $_ := set $all "OPEN_TO_ANYONE" true -}}
{{- end -}}
{{- if or (eq .name "gateway") .spec.jobs -}}
{{- $_ := set $all "STORAGE" "s3" -}}
{{- $_ := set $all "S3_ENDPOINT" (include "pdf-smaller.s3Endpoint" .root) -}}
{{- $_ := set $all "S3_REGION" $values.s3.region -}}
{{- $_ := set $all "S3_BUCKET" $values.s3.bucket -}}
{{- $_ := set $all "S3_PUBLIC_ENDPOINT" $values.s3.publicEndpoint -}}
{{- end -}}
{{- if .spec.jobs -}}
{{- $_ := set $all (printf "CONCURRENCY_%s" (.name | upper | replace "-" "_")) .spec.concurrency -}}
{{- end -}}
{{- if .spec.llm -}}
{{- $_ := set $all "LLM_URL" $values.llm.url -}}
{{- end -}}
{{- end -}}
{{- $read := get (.root.Files.Get "files/settings.json" | fromJson).own .name -}}
{{- $own := dict -}}
{{- range $name, $value := $all -}}
{{- if and (has $name $read) (not (kindIs "invalid" $value)) (ne (toString $value) "") -}}
{{- $_ := set $own $name $value -}}
{{- end -}}
{{- end -}}
{{- toJson $own -}}
{{- end -}}

{{/* Which settings a service takes from values, and what each may be where that is a choice; as JSON: {"LOG_LEVEL": ["debug", …], "CORES": []}. */}}
{{- define "pdf-smaller.knownSettings" -}}
{{- $table := .root.Files.Get "files/settings.json" | fromJson -}}
{{- toJson (merge (dict) $table.every (default dict (get $table.services .name))) -}}
{{- end -}}

{{/* All plain settings of a service as environment variables, later ones over earlier ones: those for all, its own, the chart's. */}}
{{- define "pdf-smaller.environment" -}}
{{- $known := include "pdf-smaller.knownSettings" . | fromJson -}}
{{- $all := dict -}}
{{- range $name, $value := .root.Values.settings -}}
{{- if hasKey $known $name -}}{{- $_ := set $all $name $value -}}{{- end -}}
{{- end -}}
{{- $all = mergeOverwrite $all (deepCopy .spec.settings) (include "pdf-smaller.ownSettings" . | fromJson) -}}
{{- range $name := keys $all | sortAlpha }}
{{- $value := get $all $name }}
{{- if not (kindIs "invalid" $value) }}
PDF_SMALLER_{{ $name }}: {{ include "pdf-smaller.chosen" (dict "value" $value "choices" (get $known $name | default list)) | quote }}
{{- end }}
{{- end }}
{{- with .root.Values.traces }}
{{- if .endpoint }}
{{- range $name, $value := merge (dict "OTEL_EXPORTER_OTLP_ENDPOINT" .endpoint) .settings }}
{{ $name }}: {{ include "pdf-smaller.plain" $value | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* One variable out of a Secret: (list "NAME" secret key). */}}
{{- define "pdf-smaller.fromSecret" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 | quote }}
      key: {{ index . 2 | quote }}
{{- end -}}

{{/* Those that come from Secrets, or from the pod itself: a list of env. */}}
{{- define "pdf-smaller.secretEnvironment" -}}
{{- $values := .root.Values -}}
- name: PDF_SMALLER_WORKER_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- with $values.nats.token }}
{{- if .existingSecret }}
{{ include "pdf-smaller.fromSecret" (list "PDF_SMALLER_NATS_TOKEN" .existingSecret .key) }}
{{- end }}
{{- end }}
{{- with $values.nats.user }}
{{- if .existingSecret }}
{{ include "pdf-smaller.fromSecret" (list "PDF_SMALLER_NATS_USER" .existingSecret .userKey) }}
{{ include "pdf-smaller.fromSecret" (list "PDF_SMALLER_NATS_PASSWORD" .existingSecret .passwordKey) }}
{{- end }}
{{- end }}
{{- if and $values.traces.endpoint $values.traces.headers.existingSecret }}
{{ include "pdf-smaller.fromSecret" (list "OTEL_EXPORTER_OTLP_HEADERS" $values.traces.headers.existingSecret $values.traces.headers.key) }}
{{- end }}
{{- if or (eq .name "gateway") .spec.jobs }}
{{ include "pdf-smaller.fromSecret" (list "PDF_SMALLER_S3_ACCESS_KEY" (include "pdf-smaller.s3Secret" .root) $values.s3.accessKeyKey) }}
{{ include "pdf-smaller.fromSecret" (list "PDF_SMALLER_S3_SECRET_KEY" (include "pdf-smaller.s3Secret" .root) $values.s3.secretKeyKey) }}
{{- end }}
{{- if and .spec.jobs (not (hasKey (merge (dict) .spec.settings $values.settings) "CORES")) }}
# As many engines at once as processors are asked for, whatever the node has.
- name: PDF_SMALLER_CORES
  valueFrom:
    resourceFieldRef:
      resource: requests.cpu
      divisor: "1"
{{- end }}
{{- end -}}

{{/* Secrets that a service reads as files, and the setting that says where; as JSON. */}}
{{- define "pdf-smaller.secretFiles" -}}
{{- $values := .root.Values -}}
{{- $read := get (.root.Files.Get "files/settings.json" | fromJson).own .name -}}
{{- $shared := include "pdf-smaller.sharedKeysSecret" .root -}}
{{- $all := list
  (dict "setting" "NATS_CREDENTIALS_FILE" "name" "nats" "secret" $values.nats.credentials.existingSecret "key" $values.nats.credentials.key)
  (dict "setting" "NATS_NKEY_FILE" "name" "nkey" "secret" $values.nats.nkey.existingSecret "key" $values.nats.nkey.key)
  (dict "setting" "KEYS_FILE" "name" "keys" "secret" $values.gateway.keys.existingSecret "key" $values.gateway.keys.key)
  (dict "setting" "STREAM_TOKEN_KEY_FILE" "name" "stream-tokens" "secret" $shared "key" $values.sharedKeys.streamTokenKey)
  (dict "setting" "WEBHOOK_KEY_FILE" "name" "webhooks" "secret" $shared "key" $values.sharedKeys.webhookKey)
  (dict "setting" "LLM_API_KEY_FILE" "name" "llm" "secret" (ternary $values.llm.existingSecret "" (and (hasKey .spec "llm") (ne $values.llm.url ""))) "key" $values.llm.key)
-}}
{{- $files := list -}}
{{- range $all -}}
{{- if and .secret (has .setting $read) -}}{{- $files = append $files . -}}{{- end -}}
{{- end -}}
{{- toJson $files -}}
{{- end -}}
