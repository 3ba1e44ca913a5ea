{{/* As the level `restricted` of PodSecurity asks for. */}}
{{- define "pdf-smaller.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "pdf-smaller.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* What every pod has at its top: no token, the user, where it may run. (dict "root" $ "spec" …) */}}
{{- define "pdf-smaller.podBasics" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.serviceAccountName }}
serviceAccountName: {{ . | quote }}
{{- end }}
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . | quote }}
{{- end }}
{{- end }}
securityContext:
  {{- include "pdf-smaller.podSecurity" . | nindent 2 }}
{{- with (default .root.Values.nodeSelector .spec.nodeSelector) }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with (default .root.Values.tolerations .spec.tolerations) }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Labels of a pod: the selector's, the application's version, and those of values. A chart alone that is newer restarts nothing. */}}
{{- define "pdf-smaller.podLabels" -}}
{{- $own := mergeOverwrite (deepCopy .root.Values.podLabels) (default dict .spec.podLabels) -}}
{{- $version := dict "app.kubernetes.io/version" .root.Chart.AppVersion -}}
{{- toYaml (merge (include "pdf-smaller.selectorLabels" . | fromYaml) $version $own) -}}
{{- end -}}

{{- define "pdf-smaller.podAnnotations" -}}
{{- $own := mergeOverwrite (deepCopy .root.Values.podAnnotations) (default dict .spec.podAnnotations) -}}
{{- toYaml (merge (dict "checksum/settings" (include "pdf-smaller.environment" . | sha256sum)) $own) -}}
{{- end -}}

{{/* Over nodes and zones, counting the pods of one revision alone. */}}
{{- define "pdf-smaller.spread" -}}
topologySpreadConstraints:
{{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: {{ $.spec.topologySpread.whenUnsatisfiable }}
    labelSelector:
      matchLabels:
        {{- include "pdf-smaller.selectorLabels" $ | nindent 8 }}
    matchLabelKeys: [{{ $.revisionLabel | default "pod-template-hash" }}]
{{- end }}
{{- end -}}

{{- define "pdf-smaller.secretMounts" -}}
{{- range include "pdf-smaller.secretFiles" . | fromJsonArray }}
- name: {{ printf "secret-%s" .name }}
  mountPath: {{ printf "/secrets/%s" .name }}
  readOnly: true
{{- end }}
{{- end -}}

{{- define "pdf-smaller.secretVolumes" -}}
{{- range include "pdf-smaller.secretFiles" . | fromJsonArray }}
- name: {{ printf "secret-%s" .name }}
  secret:
    secretName: {{ .secret | quote }}
    # 0440, which not every reader of YAML takes for octal.
    defaultMode: 288
    items:
      - key: {{ .key | quote }}
        path: {{ .key | quote }}
{{- end }}
{{- end -}}
