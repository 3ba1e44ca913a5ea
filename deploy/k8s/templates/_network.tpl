{{/*
Ports that a list of addresses names, unless values name those of the pods behind them, as JSON:
(dict "urls" "nats://a:1,nats://b:2" "usual" 4222 "own" list).
*/}}
{{- define "pdf-smaller.portsOf" -}}
{{- $ports := list -}}
{{- if .own -}}
{{- $ports = .own -}}
{{- else -}}
{{- $usual := .usual -}}
{{- range splitList "," .urls -}}
{{- $port := regexFind ":[0-9]+$" (regexReplaceAll "^([a-z]+://)?([^/]*).*$" (trim .) "${2}") | trimPrefix ":" -}}
{{- $secure := hasPrefix "https:" (trim .) -}}
{{- $ports = append $ports (default (ternary 443 $usual $secure) $port | int) -}}
{{- end -}}
{{- end -}}
{{- toJson (uniq $ports) -}}
{{- end -}}

{{/* One rule of egress: (dict "to" peers "ports" [4222]). Without peers, anyone at these ports. */}}
{{- define "pdf-smaller.egressRule" -}}
-
  {{- with .to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  ports:
    {{- range .ports }}
    - protocol: TCP
      port: {{ int . }}
    {{- end }}
{{- end -}}

{{- define "pdf-smaller.peerOf" -}}
- podSelector:
    matchLabels:
      {{- include "pdf-smaller.selectorLabels" . | nindent 6 }}
{{- end -}}

{{/* To what knows the addresses of names. */}}
{{- define "pdf-smaller.toNames" -}}
- ports:
    - protocol: UDP
      port: 53
    - protocol: TCP
      port: 53
  {{- with .Values.networkPolicy.dnsTo }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* To the event store. */}}
{{- define "pdf-smaller.toNats" -}}
{{- $to := .Values.networkPolicy.natsTo -}}
{{- if .Values.evaluation.nats.enabled -}}{{- $to = include "pdf-smaller.peerOf" (dict "root" . "name" "nats") | fromYamlArray -}}{{- end -}}
{{- $ports := include "pdf-smaller.portsOf" (dict "urls" (include "pdf-smaller.natsUrl" .) "usual" 4222 "own" .Values.networkPolicy.natsPorts) | fromJsonArray -}}
{{- include "pdf-smaller.egressRule" (dict "to" $to "ports" $ports) -}}
{{- end -}}

{{/* To the S3 store. */}}
{{- define "pdf-smaller.toS3" -}}
{{- $to := .Values.networkPolicy.s3To -}}
{{- if .Values.evaluation.s3.enabled -}}{{- $to = include "pdf-smaller.peerOf" (dict "root" . "name" "s3") | fromYamlArray -}}{{- end -}}
{{- $ports := include "pdf-smaller.portsOf" (dict "urls" (include "pdf-smaller.s3Endpoint" .) "usual" 80 "own" .Values.networkPolicy.s3Ports) | fromJsonArray -}}
{{- include "pdf-smaller.egressRule" (dict "to" $to "ports" $ports) -}}
{{- end -}}

{{/* To whoever takes traces, where somebody does. */}}
{{- define "pdf-smaller.toTraces" -}}
{{- if .Values.traces.endpoint -}}
{{- $ports := include "pdf-smaller.portsOf" (dict "urls" .Values.traces.endpoint "usual" 80 "own" .Values.networkPolicy.tracesPorts) | fromJsonArray -}}
{{- include "pdf-smaller.egressRule" (dict "to" .Values.networkPolicy.tracesTo "ports" $ports) -}}
{{- end -}}
{{- end -}}
