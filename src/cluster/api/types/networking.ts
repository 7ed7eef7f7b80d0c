/** Fields of the types; the notation is explained in types.ts. */
export const networking = `
EndpointSlice apiVersion:string kind:string metadata=1:ObjectMeta addressType!=4:string
  endpoints=2:[Endpoint] ports=3:[SlicePort]
Endpoint addresses!=1:[string]+ conditions=2:EndpointConditions hostname=3:*string
  targetRef=4:ObjectReference deprecatedTopology=5:{string} nodeName=6:*string zone=7:*string
  hints=8:EndpointHints
EndpointConditions ready=1:*bool serving=2:*bool terminating=3:*bool
EndpointHints forZones=1:[ForZone] forNodes=2:[ForNode]
ForZone name!=1:string
ForNode name!=1:string
SlicePort^ name=1:*string protocol=2:*string port=3:*int32 appProtocol=4:*string
Ingress apiVersion:string kind:string metadata=1:ObjectMeta spec=2:IngressSpec status=3:IngressStatus
IngressSpec ingressClassName=4:*string defaultBackend=1:IngressBackend tls=2:[IngressTLS]
  rules=3:[IngressRule]
IngressBackend service=4:IngressServiceBackend resource=3:TypedLocalObjectReference
IngressServiceBackend name!=1:string port=2:ServiceBackendPort
ServiceBackendPort^ name=1:string number=2:int32
IngressTLS hosts=1:[string] secretName=2:string
IngressRule host=1:string http=2.1:HTTPIngressRuleValue
HTTPIngressRuleValue paths!=1:[HTTPIngressPath]
HTTPIngressPath path=1:string pathType!=3:*string backend!=2:IngressBackend
IngressStatus loadBalancer=1:IngressLoadBalancerStatus
IngressLoadBalancerStatus ingress=1:[IngressLoadBalancerIngress]
IngressLoadBalancerIngress ip=1:string hostname=2:string ports=4:[IngressPortStatus]
IngressPortStatus port!=1:int32 protocol!=2:string error=3:*string
IngressClass apiVersion:string kind:string metadata=1:ObjectMeta spec=2:IngressClassSpec
IngressClassSpec controller=1:string parameters=2:IngressClassParametersReference
IngressClassParametersReference apiGroup=1:*string kind!=2:string name!=3:string scope=4:*string
  namespace=5:*string
NetworkPolicy apiVersion:string kind:string metadata=1:ObjectMeta spec=2:NetworkPolicySpec
NetworkPolicySpec podSelector=1:LabelSelector ingress=2:[NetworkPolicyIngressRule]
  egress=3:[NetworkPolicyEgressRule] policyTypes=4:[string]
NetworkPolicyIngressRule ports=1:[NetworkPolicyPort] from=2:[NetworkPolicyPeer]
NetworkPolicyPort protocol=1:*string port=2:intstr endPort=3:*int32
NetworkPolicyPeer podSelector=1:LabelSelector namespaceSelector=2:LabelSelector ipBlock=3:IPBlock
IPBlock cidr!=1:string except=2:[string]
NetworkPolicyEgressRule ports=1:[NetworkPolicyPort] to=2:[NetworkPolicyPeer]
`;
