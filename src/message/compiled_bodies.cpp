#include "message/body.h"

COMITY_JSON_HERE(comity::message::Request)
COMITY_JSON_HERE(comity::message::PartialAnswer)
COMITY_JSON_HERE(comity::message::Answer)
COMITY_JSON_HERE(comity::message::Refusal)
COMITY_JSON_HERE(comity::message::ForwardedRequest)
