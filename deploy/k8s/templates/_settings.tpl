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

{{/* What the chart itself decides of a service's settings: (dict "root" $ "name" "ocr" "spec" …); as JSON. */}}
{{- define "pdf-smaller.ownSettings" -}}
{{- $values := .root.Values -}}
{{- $own := dict "NATS_URL" (include "pdf-smaller.natsUrl" .root) -}}
{{- if $values.nats.credentials.existingSecret -}}
{{- $_ := set $own "NATS_CREDENTIALS_FILE" (printf "/secrets/nats/%s" $values.nats.credentials.key) -}}
{{- end -}}
{{- if eq .name "streams" -}}
{{- if $values.nats.replicas -}}{{- $_ := set $own "NATS_REPLICAS" $values.nats.replicas -}}{{- end -}}
{{- if $values.nats.eventRetentionDays -}}{{- $_ := set $own "EVENT_RETENTION_DAYS" $values.nats.eventRetentionDays -}}{{- end -}}
{{- else -}}
{{- $_ := set $own "HOST" "0.0.0.0" -}}
{{- $_ := set $own "DATA_DIR" "/data" -}}
{{- $_ := set $own "DRAIN_SECONDS" .spec.drainSeconds -}}
{{- if eq .name "gateway" -}}
{{- $_ := set $own "PORT" 8080 -}}
{{- if .spec.keys.existingSecret -}}
{{- $_ := set $own "KEYS_FILE" (printf "/secrets/keys/%s" .spec.keys.key) -}}
{{- else -}}
{{- $_ := set $own "OPEN_TO_ANYONE" .spec.openToAnyone -}}
{{- end -}}
{{- else -}}
{{- $_ := set $own "OPS_PORT" 9090 -}}
{{- end -}}
{{- if or (eq .name "gateway") .spec.jobs -}}
{{- $_ := set $own "STORAGE" "s3" -}}
{{- $_ := set $own "S3_ENDPOINT" (include "pdf-smaller.s3Endpoint" .root) -}}
{{- $_ := set $own "S3_REGION" $values.s3.region -}}
{{- $_ := set $own "S3_BUCKET" $values.s3.bucket -}}
{{- if $values.s3.publicEndpoint -}}{{- $_ := set $own "S3_PUBLIC_ENDPOINT" $values.s3.publicEndpoint -}}{{- end -}}
{{- end -}}
{{- if .spec.jobs -}}
{{- $_ := set $own (printf "CONCURRENCY_%s" (.name | upper | replace "-" "_")) .spec.concurrency -}}
{{- end -}}
{{- if and .spec.llm $values.llm.url -}}
{{- $_ := set $own "LLM_URL" $values.llm.url -}}
{{- if $values.llm.existingSecret -}}{{- $_ := set $own "LLM_API_KEY_FILE" (printf "/secrets/llm/%s" $values.llm.key) -}}{{- end -}}
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
{{- end -}}

{{/* Those that come from Secrets, or from the pod itself: a list of env. */}}
{{- define "pdf-smaller.secretEnvironment" -}}
{{- $values := .root.Values -}}
- name: PDF_SMALLER_WORKER_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- if $values.nats.token.existingSecret }}
- name: PDF_SMALLER_NATS_TOKEN
  valueFrom:
    secretKeyRef:
      name: {{ $values.nats.token.existingSecret | quote }}
      key: {{ $values.nats.token.key | quote }}
{{- end }}
{{- if or (eq .name "gateway") .spec.jobs }}
- name: PDF_SMALLER_S3_ACCESS_KEY
  valueFrom:
    secretKeyRef:
      name: {{ include "pdf-smaller.s3Secret" .root | quote }}
      key: {{ $values.s3.accessKeyKey | quote }}
- name: PDF_SMALLER_S3_SECRET_KEY
  valueFrom:
    secretKeyRef:
      name: {{ include "pdf-smaller.s3Secret" .root | quote }}
      key: {{ $values.s3.secretKeyKey | quote }}
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

{{/* Secrets that services read as files: (list of {name, secret, key}), as JSON. */}}
{{- define "pdf-smaller.secretFiles" -}}
{{- $values := .root.Values -}}
{{- $files := list -}}
{{- with $values.nats.credentials -}}
{{- if .existingSecret -}}{{- $files = append $files (dict "name" "nats" "secret" .existingSecret "key" .key) -}}{{- end -}}
{{- end -}}
{{- if eq .name "gateway" -}}
{{- with .spec.keys -}}
{{- if .existingSecret -}}{{- $files = append $files (dict "name" "keys" "secret" .existingSecret "key" .key) -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- if and .spec.llm $values.llm.url $values.llm.existingSecret -}}
{{- $files = append $files (dict "name" "llm" "secret" $values.llm.existingSecret "key" $values.llm.key) -}}
{{- end -}}
{{- toJson $files -}}
{{- end -}}
