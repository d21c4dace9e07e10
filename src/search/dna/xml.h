#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

/// XML of other programs, read within bounds: no document type, so no entities of its own.
namespace comity::search::dna {

struct XmlElement {
    std::string name; ///< Without its prefix.
    std::size_t line = 0;
    std::string text; ///< Without white space at its ends.
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<XmlElement> children;

    XmlElement const* child(std::string_view wanted) const;
    std::string_view child_text(std::string_view wanted) const; ///< Empty where it has none.
    std::string_view attribute(std::string_view wanted) const;
};

constexpr std::size_t xml_bytes_max = 256U << 20U, xml_elements_max = 4'000'000;
constexpr std::size_t xml_depth_max = 12, xml_text_bytes_max = 4096;

/// Errors: malformed, naming the line; too_large over one of the limits above.
Result<XmlElement> read_xml(std::string_view text);
/// For text between tags and in attributes.
std::string xml_escaped(std::string_view text);

} // namespace comity::search::dna
