#include "message/manifest.h"
#include "message/receipt.h"
#include "message/register_entry.h"

COMITY_JSON_HERE(comity::message::Manifest)
COMITY_JSON_HERE(comity::message::Receipt)
COMITY_JSON_HERE(comity::message::RegisterEntry)
