{{/*
What all names begin with: a label of DNS as names of Services are (RFC 1035), of at most 40 characters, so that the longest
ending fits behind it. What is changed for that gets a sum of what it was, so that no two releases come to one name.
*/}}
{{- define "pdf-smaller.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $whole := printf "%s-%s" .Release.Name $name -}}
{{- if .Values.fullnameOverride -}}
{{- $whole = .Values.fullnameOverride -}}
{{- else if contains $name .Release.Name -}}
{{- $whole = .Release.Name -}}
{{- end -}}
{{- if regexMatch "^[a-z][-a-z0-9]{0,39}$" $whole -}}
{{- $whole -}}
{{- else -}}
{{- $label := regexReplaceAll "^([0-9])" ($whole | replace "." "-") "r${1}" -}}
{{- printf "%s-%s" ($label | trunc 31 | trimSuffix "-") ($whole | sha256sum | trunc 8) -}}
{{- end -}}
{{- end -}}

{{/* Of one component: (dict "root" $ "name" "ocr"). */}}
{{- define "pdf-smaller.componentName" -}}
{{- printf "%s-%s" (include "pdf-smaller.fullname" .root) .name -}}
{{- end -}}

{{/* What tells the pods of a release, or of one component, from all others; it never changes. */}}
{{- define "pdf-smaller.instanceLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "pdf-smaller.selectorLabels" -}}
{{ include "pdf-smaller.instanceLabels" .root }}
app.kubernetes.io/component: {{ .name | quote }}
{{- end -}}

{{- define "pdf-smaller.labels" -}}
{{ include "pdf-smaller.selectorLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | quote }}
{{- end -}}

{{- define "pdf-smaller.image" -}}
{{- $image := .root.Values.image -}}
{{- printf "%s:%s" ($image.repository | replace "{service}" .name) (include "pdf-smaller.plain" (default .root.Chart.AppVersion $image.tag)) -}}
{{- end -}}

{{/* A PriorityClass is the cluster's, so that its name tells whose it is: with dots, which neither namespace nor name has. */}}
{{- define "pdf-smaller.priorityClassName" -}}
{{- $classes := .root.Values.priorityClasses -}}
{{- if $classes.create -}}
{{- printf "%s.%s.%s" .root.Release.Namespace (include "pdf-smaller.fullname" .root) .priority -}}
{{- else -}}
{{- get $classes.existing .priority -}}
{{- end -}}
{{- end -}}

{{- define "pdf-smaller.s3Secret" -}}
{{- if .Values.s3.existingSecret -}}
{{- .Values.s3.existingSecret -}}
{{- else -}}
{{- include "pdf-smaller.componentName" (dict "root" . "name" "s3-keys") -}}
{{- end -}}
{{- end -}}

{{/* The evaluation makes its own. */}}
{{- define "pdf-smaller.sharedKeysSecret" -}}
{{- default (include "pdf-smaller.componentName" (dict "root" . "name" "shared-keys")) .Values.sharedKeys.existingSecret -}}
{{- end -}}

{{- define "pdf-smaller.natsUrl" -}}
{{- if .Values.evaluation.nats.enabled -}}
nats://{{ include "pdf-smaller.componentName" (dict "root" . "name" "nats") }}:4222
{{- else -}}
{{- .Values.nats.url -}}
{{- end -}}
{{- end -}}

{{/* host:port that KEDA asks; of the evaluation server there is one alone. */}}
{{- define "pdf-smaller.natsMonitoring" -}}
{{- if .Values.evaluation.nats.enabled -}}
{{ include "pdf-smaller.componentName" (dict "root" . "name" "nats") }}.{{ .Release.Namespace }}.svc:8222
{{- else -}}
{{- .Values.nats.monitoring.endpoint -}}
{{- end -}}
{{- end -}}

{{- define "pdf-smaller.s3Endpoint" -}}
{{- if .Values.evaluation.s3.enabled -}}
http://{{ include "pdf-smaller.componentName" (dict "root" . "name" "s3") }}:8333
{{- else -}}
{{- .Values.s3.endpoint -}}
{{- end -}}
{{- end -}}

{{/* A Secret by chance, made once, and kept as it is from then on: (dict "root" $ "name" "s3-keys" "names" (list …)). */}}
{{- define "pdf-smaller.madeSecret" }}
{{- $name := include "pdf-smaller.componentName" . }}
{{- $kept := lookup "v1" "Secret" .root.Release.Namespace $name }}
apiVersion: v1
kind: Secret
metadata:
  name: {{ $name }}
  labels:
    {{- include "pdf-smaller.labels" . | nindent 4 }}
type: Opaque
data:
  {{- range .names }}
  {{ . | quote }}: {{ if $kept }}{{ get $kept.data . }}{{ else }}{{ randAlphaNum 40 | b64enc }}{{ end }}
  {{- end }}
{{- end }}
