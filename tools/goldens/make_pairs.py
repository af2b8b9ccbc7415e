# What the reference makes of pairs of texts, truncation and padding: make_pairs.py tokenizer/src/test/resources/golden
import json, sys, copy
from tokenizers import Tokenizer
R = sys.argv[1].rstrip("/") + "/"
def load(name): return json.load(open(R+"small/%s/tokenizer.json"%name))
def enc(e, d=0):
    r={"ids":e.ids,"types":e.type_ids,"tokens":e.tokens,"offsets":[x for o in e.offsets for x in o],"attention":e.attention_mask,"special":e.special_tokens_mask,"texts":[-1 if s is None else s for s in e.sequence_ids]}
    if d==0: r["overflow"]=[enc(o,1) for o in e.overflowing]
    return r
bert=lambda t,kind: {"type":kind,"sep":["</s>",2],"cls":["<s>",0],**({"trim_offsets":True,"add_prefix_space":True} if kind=="RobertaProcessing" else {})}
tmpl={"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[X]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[Y]","type_id":0}}],
"pair":[{"SpecialToken":{"id":"[X]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[Y]","type_id":0}},{"Sequence":{"id":"B","type_id":1}},{"SpecialToken":{"id":"[Y]","type_id":1}}],
"special_tokens":{"[X]":{"id":"[X]","ids":[5],"tokens":["&"]},"[Y]":{"id":"[Y]","ids":[6,7],"tokens":["'","("]}}}
swapped=copy.deepcopy(tmpl); swapped["pair"]=[{"Sequence":{"id":"B","type_id":2}},{"SpecialToken":{"id":"[X]","type_id":3}},{"Sequence":{"id":"A","type_id":1}}]
T=lambda m,s,st,d="Right":{"max_length":m,"stride":s,"strategy":st,"direction":d}
P=lambda s,d="Right",mult=None:{"strategy":s,"direction":d,"pad_to_multiple_of":mult,"pad_id":9,"pad_type_id":4,"pad_token":"*"}
posts={"as in the file":"KEEP","none":None,"bert":bert(None,"BertProcessing"),"roberta":bert(None,"RobertaProcessing"),"template":tmpl,"swapped template":swapped,
 "sequence":{"type":"Sequence","processors":[{"type":"ByteLevel","add_prefix_space":True,"trim_offsets":True,"use_regex":True},tmpl]}}
sizes=[(None,None),(T(10,0,"LongestFirst"),None),(T(11,2,"LongestFirst"),P({"Fixed":16})),(T(12,3,"LongestFirst","Left"),P("BatchLongest","Left",8)),(T(14,1,"OnlyFirst"),P("BatchLongest","Right",5)),(T(20,2,"OnlySecond","Left"),None),(T(4,0,"LongestFirst"),P({"Fixed":3})),(T(0,0,"LongestFirst"),None),(T(5,4,"LongestFirst"),None)]
pairs=[("The storm is getting closer to the village.",None),("Who counts the boats?"," Mia counts 12 boats, 3 of them red; Tom doesn't believe her."),("",""),("a","böse 風 ends"),("a rather long first text that must be cut 1234567","b")]
out=[]
for name in ["bl-gpt2","sp-llama2","bl-llama3"]:
  for pn,p in posts.items():
    for tr,pa in sizes:
      j=load(name)
      if p!="KEEP": j["post_processor"]=p
      j["truncation"]=tr; j["padding"]=pa
      t=Tokenizer.from_str(json.dumps(j))
      case={"tokenizer":name,"post":pn,"truncation":tr,"padding":pa,"results":[]}
      for a,b in pairs:
        for special in (True,False):
          r={"first":a,"second":b,"special":special}
          try: r["encoding"]=enc(t.encode(a,b,add_special_tokens=special))
          except BaseException as e: r["error"]=str(e)[:80]
          case["results"].append(r)
      if pa is not None:
        try: case["batch"]=[e.ids for e in t.encode_batch([a for a,b in pairs])]
        except BaseException as e: pass
      out.append(case)
import gzip
d=json.dumps({"posts":{k:v for k,v in posts.items() if v!="KEEP"},"cases":out},ensure_ascii=False,separators=(",",":")).encode()
with open(R+"pairs.json.gz","wb") as f: f.write(gzip.compress(d,9,mtime=0))
print(len(d), sum('error' in r for c in out for r in c['results']), set(r.get('error') for c in out for r in c['results']))
