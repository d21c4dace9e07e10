#pragma once

#include "casework/contents.h"
#include "message/identification.h"

/// A comparison as a desk shows it: what was asked, every result, what experts said of its hits.
namespace comity::identification {

struct ResultView {
    std::string message_id;
    Instant at;
    message::DnaResult result;
};
BOOST_DESCRIBE_STRUCT(ResultView, (), (message_id, at, result))

struct ConfirmationView {
    std::string message_id;
    Instant at;
    message::DnaConfirmation confirmation;
};
BOOST_DESCRIBE_STRUCT(ConfirmationView, (), (message_id, at, confirmation))

struct DnaCase {
    std::string number;
    std::string requesting, requested;
    std::optional<message::DnaRequest> request; ///< None where it is destroyed.
    std::vector<ResultView> results; ///< As they came.
    std::vector<ConfirmationView> confirmations;
};
BOOST_DESCRIBE_STRUCT(DnaCase, (), (number, requesting, requested, request, results, confirmations))

/// Of the contents of a comparison those that were opened.
Result<DnaCase> dna_case(store::Transaction& transaction, casework::CaseRow const& row,
    std::span<casework::Opened const> contents);

} // namespace comity::identification
