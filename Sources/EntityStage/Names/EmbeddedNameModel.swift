import CNameModel

extension NameModel {
    /// The model that is part of the program, looked at when it is first needed.
    ///
    /// It can only be unsound if the file was damaged in the working copy that the program was built from.
    static let embedded: Result<NameModel, Problem> = Result {
        () throws(Problem) in
        try NameModel(UnsafeRawBufferPointer(start: name_model_bytes(), count: name_model_length()))
    }
}
