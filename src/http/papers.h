#pragma once

#include "http/desk.h"
#include "paper/case_papers.h"

namespace comity::http {

/// A case on paper: seen first, then exported. `papers` outlives it.
std::vector<Endpoint> paper_endpoints(paper::CasePapers& papers);

} // namespace comity::http
